package dev.smsrunner.job.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.job.PlannedRow;
import dev.smsrunner.job.PlannedRow.Step;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows of a plan that depend on rejected rows. */
class UnlaunchableRowsTests {

    @Test
    void transitiveDependentsOfRejectedRowAreReported() {
        assertThat(warnings(
                        false,
                        row(1, "web", Step.CREATE, "app@launched"),
                        row(2, "app", Step.CREATE, "DB."),
                        row(3, "db", Step.REJECT, ""),
                        row(4, "mail", Step.CREATE, "id:S-3@synced"),
                        row(5, "done", Step.SKIP, "db"),
                        row(6, "other", Step.CREATE, "mail@synced")))
                .containsExactly(
                        "app (row 2) can never be launched: it depends on db (row 3), which is rejected",
                        "mail (row 4) can never be launched: it depends on db (row 3), which is rejected",
                        "web (row 1) can never be launched: it depends on app (row 2), which can never be launched");
    }

    @Test
    void heldStartIsNeverInSync() {
        assertThat(warnings(
                        true,
                        row(1, "db", Step.REJECT, ""),
                        row(2, "app", Step.CREATE, "db"),
                        row(3, "web", Step.CREATE, "app@synced")))
                .hasSize(2);
    }

    private static List<String> warnings(boolean holdsStarts, PlannedRow... rows) {
        var unlaunchable = new UnlaunchableRows(holdsStarts);
        List.of(rows).forEach(unlaunchable::add);
        return unlaunchable.warnings();
    }

    private static PlannedRow row(int number, String name, Step step, String dependsOn) {
        var cells = Map.of("server_name", name, "depends_on", dependsOn);
        var row = InventoryRow.restore(number, number + 1, cells, Map.of());
        return new PlannedRow(row, step, "s-" + number, null, null, "", List.of());
    }
}
