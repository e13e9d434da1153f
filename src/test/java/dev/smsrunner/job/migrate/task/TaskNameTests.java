package dev.smsrunner.job.migrate.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of tasks: equal for the same source, and valid in every edition. */
class TaskNameTests {

    private static final String SOURCE = "5f0c0a62-8b1d-4b3a-9a9b-3a1f2d6f7e11";

    @Test
    void isTheSameForTheSameSource() {
        assertThat(TaskName.of("erp-db-02", SOURCE)).isEqualTo("erpdb02_df8ad02445");
        assertThat(TaskName.of("erp-db-02", SOURCE)).isEqualTo(TaskName.of("erp-db-02", SOURCE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "erp-db-02",
                "srv.example.org",
                "数据库一号",
                "ÜBER größe",
                "-_-",
                "x y\tz\n",
                "a-name-that-is-much-longer-than-sixty-four-characters-and-still-goes-on-and-on"
            })
    void hasFourToTwentyLettersDigitsAndUnderscores(String serverName) {
        assertThat(TaskName.of(serverName, SOURCE)).matches("[A-Za-z0-9_]{4,20}");
    }

    @Test
    void differsFromSourceToSource() {
        var names = new HashSet<String>();
        for (int i = 0; i < 20_000; i++) {
            names.add(TaskName.of("same-name", "source-" + i));
        }

        assertThat(names).hasSize(20_000);
    }
}
