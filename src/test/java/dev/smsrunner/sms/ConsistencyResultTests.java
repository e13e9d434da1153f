package dev.smsrunner.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smsrunner.cloud.UnreadableAnswerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ShowConsistencyResult answers in every documented shape, and in some undocumented ones. */
class ConsistencyResultTests {

    private static final String VAR =
            "{'dir_check':'/var','num_total_files':9,'num_different_files':1,'num_target_miss_files':2,'num_target_more_files':3}";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            objects            | {'task_id':'t-1','result_list':[{'finished_time':7,'check_result':'','consistency_result':[VAR]}]}
            texts              | {'task_id':'t-1','result_list':["{'finished_time':7,'consistency_result':[VAR]}"]}
            texts in texts     | {'task_id':'t-1','result_list':["{'finished_time':7,'consistency_result':'[VAR]'}"]}
            one text           | {'task_id':'t-1','result_list':"[{'finished_time':7,'consistency_result':[VAR]}]"}
            at the top         | {'task_id':'t-1','finished_time':7,'consistency_result':[VAR]}
            a text at the top  | {'finished_time':7,'consistency_result':'[VAR]'}
            the id in capitals | {'task_id':'T-1','finished_time':'7','consistency_result':[VAR]}
            the latest of two  | {'task_id':'t-1','result_list':[{'finished_time':7,'consistency_result':[VAR]},{'finished_time':6,'consistency_result':[]}]}
            the last of two    | {'task_id':'t-1','result_list':[{'consistency_result':[]},{'finished_time':7,'consistency_result':[VAR]}]}
            """)
    void everyDocumentedShapeIsParsed(String shape, String answer) {
        var result = ConsistencyResultReader.read(body(answer), "t-1").orElseThrow();

        assertThat(result.directories()).containsExactly(new DirectoryComparison("/var", 9L, 1L, 2L, 3L));
        assertThat(result.finishedTime()).isEqualTo(7);
        assertThat(result.differingFiles()).isEqualTo(6);
        assertThat(result.isComplete()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'task_id':'t-1','result_list':[]}
            {'task_id':'t-1','result_list':null}
            {'task_id':'t-1','result_list':[null,'']}
            {'task_id':'t-1','result_list':''}
            {'task_id':'t-1'}
            {'task_id':'t-1','consistency_result':[]}
            {}
            """)
    void anAnswerWithoutAResultIsEmpty(String answer) {
        assertThat(ConsistencyResultReader.read(body(answer), "t-1")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'result_list':['finished']}                                                     | finished
            {'result_list':[{'check_result':'SUCCESS'}]}                                     | SUCCESS
            {'result_list':[{'check_result':'SUCCESS','consistency_result':['nothing']}]}    | SUCCESS; nothing
            {'result_list':[{'consistency_result':'{broken'}]}                               | {broken
            {'result_list':[42]}                                                             | 42
            """)
    void unknownContentIsKeptAsText(String answer, String text) {
        var result = ConsistencyResultReader.read(body(answer), "t-1").orElseThrow();

        assertThat(result.text()).isEqualTo(text);
        assertThat(result.directories()).isEmpty();
        assertThat(result.isComplete()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'-1'", "'x'", "null", "1.5", "[]", "'99999999999999999999'"})
    void anInvalidCountIsNull(String count) {
        var answer = "{'consistency_result':[{'dir_check':'/','num_different_files':" + count
                + ",'num_target_miss_files':'4','num_target_more_files':0}]}";

        var result = ConsistencyResultReader.read(body(answer), "t-1").orElseThrow();

        assertThat(result.directories()).containsExactly(new DirectoryComparison("/", null, null, 4L, 0L));
        assertThat(result.differingFiles()).isEqualTo(4);
        assertThat(result.isComplete()).isFalse();
    }

    @Test
    void aLongTextIsCut() {
        var result = ConsistencyResultReader.read(body("{'result_list':['" + "x".repeat(5_000) + "']}"), "t-1");

        assertThat(result.orElseThrow().text()).hasSize(301).endsWith("…");
    }

    @Test
    void anAnswerAboutAnotherTaskIsRejected() {
        assertThatThrownBy(() -> ConsistencyResultReader.read(body("{'task_id':'t-2'}"), "t-1"))
                .isInstanceOf(UnreadableAnswerException.class)
                .hasMessageContaining("ALARM")
                .hasMessageContaining("t-2");
        assertThatThrownBy(() -> ConsistencyResultReader.read("[]", "t-1"))
                .isInstanceOf(UnreadableAnswerException.class);
    }

    /** Converts JSON with single quotes; text in double quotes becomes a string that contains JSON. */
    private static String body(String answer) {
        var text = new StringBuilder();
        var parts = answer.replace("'[VAR]'", "'[" + VAR.replace("'", "^") + "]'")
                .replace("VAR", VAR)
                .split("\"", -1);
        for (int i = 0; i < parts.length; i++) {
            boolean inside = i % 2 == 1;
            var part = parts[i].replace("\\", "\\\\");
            text.append(
                    inside
                            ? "\"" + part.replace("^", "\\\\\\\"").replace("'", "\\\"") + "\""
                            : part.replace("^", "\\\"").replace("'", "\""));
        }
        return text.toString();
    }
}
