package dev.smsrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.inventory.AcceptedInventory;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.support.TestDatabases;
import dev.smsrunner.support.TestLedger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recorded inventory of a run of an earlier version. */
class RecordedInventoryTests {

    @Test
    void cellsOfTheRunAreIncluded(@TempDir Path directory) {
        var overlapping = "08:00-18:00=50;17:00-20:00=5";
        try (var book = new TestLedger(TestDatabases.embedded(directory))) {
            book.plan(
                    List.of(Map.of("server_name", "a", "speed_limit_rules", overlapping), Map.of("server_name", "b")));
            var run = new Runs(book.database().source(), book.clock())
                    .find(book.runId())
                    .orElseThrow();

            var recorded = RecordedInventory.of(run, book.ledger());

            assertThat(recorded.speedRules()).contains(overlapping);
            assertThat(recorded.acceptedAs(run.inventoryHash()).isUnchanged()).isTrue();
            assertThat(recorded.acceptedAs(run.inventoryHash()).names())
                    .containsExactlyInAnyOrder("server_name", "speed_limit_rules");
            assertThat(recorded.acceptedAs("another").isUnchanged()).isFalse();
            assertThat(recorded.acceptedAs("another").names()).isEmpty();
            assertThat(RecordedInventory.none().acceptedAs("")).isEqualTo(AcceptedInventory.NONE);
        }
    }
}
