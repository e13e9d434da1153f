package dev.smsrunner.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** History of rows and calls in the events. */
class HistoryCheckTests {

    private final EventFixtures events = new EventFixtures();
    private final ReplayedTables replayed = new ReplayedTables();
    private final Findings findings = new Findings(Map.of());
    private final HistoryCheck check = new HistoryCheck("migrate", findings);
    private int attempt;

    @BeforeEach
    void addRow() {
        apply(events.intake("{\"rows\":{\"1\":\"digest\"}}"));
    }

    @Test
    void tooManyAttemptsAreFound() {
        calls("CREATE", "REFUSED", 61);

        assertThat(found()).singleElement().satisfies(violation -> {
            assertThat(violation.invariant()).isEqualTo("I11");
            assertThat(violation.what()).contains("CREATE attempt 61", "too many attempts");
        });
    }

    @Test
    void attemptsAreCountedPerOperation() {
        calls("CREATE", "REFUSED", 40);
        calls("START", "REFUSED", 40);

        assertThat(found()).isEmpty();
    }

    @Test
    void unsentCallIsNoAttempt() {
        calls("CREATE", "NOT_SENT", 100);
        calls("CREATE", "REFUSED", 60);

        assertThat(found()).isEmpty();
    }

    @Test
    void retryResetsTheAttempts() {
        calls("CREATE", "REFUSED", 60);
        apply(events.row(1, "CONTROL", "RETRY", "DONE", "asked by ops", ""));
        calls("CREATE", "REFUSED", 60);

        assertThat(found()).isEmpty();
        assertThat(check.reopenedRows()).containsExactly(1);
    }

    @Test
    void rowReplannedAfterAnInventoryChangeIsReopened() {
        apply(events.row(1, "STAGE", "PLANNED", "TASK_READY", "created", "{\"stage\":\"TASK_READY\"}"));
        apply(events.row(
                1,
                "STAGE",
                "TASK_READY",
                "PLANNED",
                "the inventory was changed: source_id",
                "{\"stage\":\"PLANNED\",\"source_id\":null}"));

        assertThat(check.reopenedRows()).containsExactly(1);
        assertThat(found()).isEmpty();
    }

    @Test
    void retryReopensTheRowsThatWereNotLaunched() {
        apply(events.intake("{\"rows\":{\"2\":\"digest\",\"3\":\"digest\"}}"));
        end(1, "FAILED");
        end(2, "NOT_LAUNCHED");
        end(3, "FAILED");
        apply(events.row(1, "CONTROL", "RETRY", "DONE", "asked by ops", ""));
        apply(events.together().row(1, "STAGE", "CLOSED", "PLANNED", "", reopenedChange()));
        apply(events.together().row(2, "STAGE", "CLOSED", "PLANNED", "", reopenedChange()));
        apply(events.together().row(3, "STAGE", "CLOSED", "PLANNED", "", reopenedChange()));

        assertThat(check.reopenedRows()).containsExactlyInAnyOrder(1, 2);
        assertThat(found()).singleElement().satisfies(violation -> {
            assertThat(violation.invariant()).isEqualTo("I14");
            assertThat(violation.row()).isEqualTo(3);
        });
    }

    @Test
    void skipReopensTheRowsThatWereNotLaunched() {
        apply(events.intake("{\"rows\":{\"2\":\"digest\",\"3\":\"digest\"}}"));
        end(2, "NOT_LAUNCHED");
        apply(events.row(
                3,
                "STAGE",
                "PLANNED",
                "CLOSED",
                "",
                "{\"stage\":\"CLOSED\",\"outcome\":\"REJECTED\",\"reason\":\"not started: it depends on db\"}"));
        apply(events.row(1, "CONTROL", "SKIP_RUNNING", "DONE", "asked by ops", ""));
        apply(events.together().row(1, "STAGE", "REPLICATING", "CLOSED", "", "{\"stage\":\"CLOSED\"}"));
        apply(events.together().row(2, "STAGE", "CLOSED", "PLANNED", "", reopenedChange()));
        apply(events.together().row(3, "STAGE", "CLOSED", "PLANNED", "", reopenedChange()));

        assertThat(found()).isEmpty();
    }

    @Test
    void failedRowMayBeSkipped() {
        end(1, "FAILED");
        apply(events.row(1, "CONTROL", "SKIP", "DONE", "asked by ops", ""));
        apply(events.together().row(1, "STAGE", "CLOSED", "CLOSED", "", "{\"outcome\":\"SKIPPED\"}"));

        assertThat(found()).isEmpty();
    }

    private void end(int row, String outcome) {
        apply(events.row(
                row, "STAGE", "SYNCING", "CLOSED", "", "{\"stage\":\"CLOSED\",\"outcome\":\"%s\"}".formatted(outcome)));
    }

    private static String reopenedChange() {
        return "{\"stage\":\"PLANNED\",\"outcome\":null}";
    }

    private void calls(String operation, String end, int times) {
        for (int count = 0; count < times; count++) {
            apply(events.call(1, operation, ++attempt, "OPEN"));
            apply(events.call(1, operation, attempt, end));
        }
    }

    private void apply(RecordedEvent event) {
        check.event(event, replayed);
        replayed.apply(event);
    }

    private List<Violation> found() {
        check.end(replayed);
        return findings.result("run", null).violations();
    }
}
