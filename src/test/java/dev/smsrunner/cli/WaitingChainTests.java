package dev.smsrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.ActiveControls;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.report.RunReport;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Output of {@code status --why} for one server. */
class WaitingChainTests {

    private static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");

    @Test
    void cycleIsReported() {
        var rows = List.of(row(1, "web", "app"), row(2, "app", "db"), row(3, "db", "app"));
        var report = RunReport.of(run(), rows, ActiveControls.NONE, NOW);

        assertThat(new WaitingChain(report, rows.get(0)).lines())
                .containsExactly(
                        "web (row 1, task t-1): DEPENDS_ON app, SYNCING",
                        "  app (row 2, task t-2): DEPENDS_ON db, SYNCING",
                        "    db (row 3, task t-3): DEPENDS_ON app, SYNCING",
                        "      cycle: back to app (row 2, task t-2); none of these rows can continue without a change");
    }

    @Test
    void endingChainIsNoCycle() {
        var rows = List.of(row(1, "web", "app"), row(2, "app"));
        var report = RunReport.of(run(), rows, ActiveControls.NONE, NOW);

        assertThat(new WaitingChain(report, rows.get(0)).lines())
                .containsExactly(
                        "web (row 1, task t-1): DEPENDS_ON app, SYNCING",
                        "  app (row 2, task t-2): NEXT launched at the next poll");
    }

    private static LedgerRow row(int number, String name, String... dependsOn) {
        return LedgerRow.planned("run-1", number, number + 1, name, "", 0, List.of(dependsOn), NOW)
                .withSource("s-" + number, null)
                .withTask("t-" + number, NOW)
                .withStage(Stage.SYNCING, NOW);
    }

    private static Run run() {
        return new Run(
                "run-1",
                "migrate",
                "key",
                Path.of("job.yaml"),
                "job: migrate",
                Map.of(),
                Map.of("job", "migrate", "cutover.when", "synced"),
                "1",
                Path.of("inventory.csv"),
                "2",
                null,
                RunState.RUNNING,
                NOW,
                null,
                null,
                Path.of("reports"));
    }
}
