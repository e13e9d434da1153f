package dev.smsrunner.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.opencsv.CSVReaderBuilder;
import com.opencsv.RFC4180ParserBuilder;
import dev.smsrunner.support.Csv;
import dev.smsrunner.support.FormulaEscaper;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormulaEscaperTests {

    private static final List<String> STARTS = List.of("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠");
    private static final List<String> INVISIBLE = List.of("", " ", "\u00a0", "\u200b", "\ufeff", "\u3000");
    private static final List<String> BODIES =
            List.of("", "1+1", "cmd|' /C calc'!A0", "HYPERLINK(\"http://x\",\"y\")", "SUM(A1:A9)", "\"quoted\"", "a,b");

    @Test
    void formulaIsEscaped() {
        for (var before : INVISIBLE) {
            for (var start : STARTS) {
                for (var body : BODIES) {
                    assertThat(FormulaEscaper.escape(before + start + body)).isEqualTo("'" + before + start + body);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "erp-db-01", "10.0.0.1", "2001:db8::1", "a=b", "Env=prod;Cost=1", "'=1", "it's", "müll"
            })
    void plainTextIsUnchanged(String cell) {
        assertThat(FormulaEscaper.escape(cell)).isEqualTo(cell);
    }

    @Test
    void csvRoundTripKeepsCells() throws Exception {
        var cells = new ArrayList<String>();
        for (var body : BODIES) {
            cells.add(body);
            cells.add("\\" + body + "\\");
            cells.add("two\nlines " + body);
            cells.add("ends with \"" + body + "\"");
        }
        var out = new ByteArrayOutputStream();
        var csv = new Csv(out);

        csv.line(cells);
        csv.end();

        try (var reader = new CSVReaderBuilder(new StringReader(out.toString(StandardCharsets.UTF_8)))
                .withCSVParser(new RFC4180ParserBuilder().build())
                .build()) {
            assertThat(reader.readNext()).containsExactlyElementsOf(cells);
            assertThat(reader.readNext()).isNull();
        }
    }

    @Test
    void columnNamedLikeAResultGetsAUniquePrefix() {
        var columns = InventoryColumns.of(List.of("server_name", "outcome", "inventory_outcome", "task_id"));

        assertThat(columns.echoed())
                .containsExactly("server_name", "inventory_inventory_outcome", "inventory_outcome", "inventory_task_id")
                .doesNotHaveDuplicates();
    }
}
