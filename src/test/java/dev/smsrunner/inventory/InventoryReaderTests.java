package dev.smsrunner.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.smsrunner.support.JobRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamException;

/** The rows that a step is given. */
class InventoryReaderTests {

    private static final Map<String, String> DEFAULTS = Map.of(
            "migration_type", "MIGRATE_FILE",
            "target_region", "ap-southeast-3",
            "target_project_id", "p-1",
            "vm_template_id", "tpl-1");

    @TempDir
    private Path directory;

    static List<InventoryRow> readAll(Path file, Map<String, String> defaults, String sha256) throws Exception {
        InventoryReader reader = new InventoryReader(file, defaults, sha256);
        ExecutionContext context = new ExecutionContext();
        List<InventoryRow> rows = new ArrayList<>();
        reader.open(context);
        for (InventoryRow row = reader.read(); row != null; row = reader.read()) {
            rows.add(row);
            reader.update(context);
        }
        assertThat(reader.read()).isNull();
        reader.close();
        assertThat(context.isEmpty()).isTrue();
        return rows;
    }

    private Path file(String text) throws Exception {
        return Files.writeString(directory.resolve("i.csv"), text);
    }

    @Test
    void rowsHaveNumberLineAndCells() throws Exception {
        Path file = file("\ufeff SERVER_NAME ,Note,speed_limit_mbit\n\n a ,\"x\ny\",\r\nb,,7\n");

        List<InventoryRow> rows =
                readAll(file, DEFAULTS, JobRules.check(file, DEFAULTS).sha256());

        assertThat(rows).extracting(InventoryRow::row).containsExactly(1, 2);
        assertThat(rows).extracting(InventoryRow::line).containsExactly(3, 5);
        assertThat(rows.get(0).cells())
                .containsExactly(
                        Map.entry("server_name", "a"), Map.entry("Note", "x\ny"), Map.entry("speed_limit_mbit", ""));
        assertThat(rows.get(0).speedLimitMbit()).isNull();
        assertThat(rows.get(1).speedLimitMbit()).isEqualTo(7);
        assertThat(rows.get(1).targetRegion()).isEqualTo("ap-southeast-3");
        assertThat(rows.get(1)).hasToString("b (row 2)");
    }

    @Test
    void everyExecutionStartsAtTheFirstRow() throws Exception {
        Path file = file("server_name\na\nb\n");
        InventoryReader reader = new InventoryReader(
                file, DEFAULTS, JobRules.check(file, DEFAULTS).sha256());

        for (int execution = 0; execution < 2; execution++) {
            reader.open(new ExecutionContext());
            assertThat(reader.read()).hasToString("a (row 1)");
        }
        reader.close();
        reader.close();
    }

    @Test
    void fileChangedSinceItsCheckIsRejected() throws Exception {
        Path file = file("server_name\na\n");
        String sha256 = JobRules.check(file, DEFAULTS).sha256();

        for (String content :
                List.of("server_name\nb\n", "server_name\na,b\n", "server_name\n\"a\n", "", "server_name\na\n\n")) {
            file(content);
            assertThatExceptionOfType(ItemStreamException.class)
                    .as(content)
                    .isThrownBy(() -> readAll(file, DEFAULTS, sha256))
                    .withMessageContaining("has changed since its check");
        }
    }

    @Test
    void missingFileIsReported() {
        InventoryReader reader = new InventoryReader(directory.resolve("none.csv"), DEFAULTS, "");

        assertThatExceptionOfType(ItemStreamException.class)
                .isThrownBy(() -> reader.open(new ExecutionContext()))
                .withMessageContaining("none.csv");
        assertThatExceptionOfType(ItemStreamException.class)
                .isThrownBy(reader::read)
                .withMessageContaining("is not open");
    }
}
