package dev.smsrunner.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the events tell of rows and calls, and when it is too much. */
class HistoryCheckTests {

    private final EventFixtures told = new EventFixtures();
    private final ReplayedTables fold = new ReplayedTables();
    private final Findings findings = new Findings(Map.of());
    private final HistoryCheck check = new HistoryCheck("migrate", findings);
    private int attempt;

    @BeforeEach
    void aRow() {
        happens(told.intake("{\"rows\":{\"1\":\"digest\"}}"));
    }

    @Test
    void attemptsWithoutEndAreFound() {
        calls("CREATE", "REFUSED", 61);

        assertThat(found()).singleElement().satisfies(violation -> {
            assertThat(violation.invariant()).isEqualTo("I11");
            assertThat(violation.what()).contains("CREATE attempt 61", "no end to the attempts");
        });
    }

    @Test
    void attemptsOfOneOperationAreNotThoseOfAnother() {
        calls("CREATE", "REFUSED", 40);
        calls("START", "REFUSED", 40);

        assertThat(found()).isEmpty();
    }

    @Test
    void whatWasNeverSentIsNoAttempt() {
        calls("CREATE", "NOT_SENT", 100);
        calls("CREATE", "REFUSED", 60);

        assertThat(found()).isEmpty();
    }

    @Test
    void attemptsAreCountedAnewWhenAPersonAsksForMore() {
        calls("CREATE", "REFUSED", 60);
        happens(told.row(1, "CONTROL", "RETRY", "DONE", "asked by ops", ""));
        calls("CREATE", "REFUSED", 60);

        assertThat(found()).isEmpty();
        assertThat(check.reopened()).containsExactly(1);
    }

    @Test
    void aRowThatIsPlannedAnewFromAChangedInventoryIsReopened() {
        happens(told.row(1, "STAGE", "PLANNED", "TASK_READY", "created", "{\"stage\":\"TASK_READY\"}"));
        happens(told.row(
                1,
                "STAGE",
                "TASK_READY",
                "PLANNED",
                "the inventory was changed: source_id",
                "{\"stage\":\"PLANNED\",\"source_id\":null}"));

        assertThat(check.reopened()).containsExactly(1);
        assertThat(found()).isEmpty();
    }

    @Test
    void aRowThatWasNotLaunchedGoesOnWithTheOneThatIsTriedAgain() {
        happens(told.intake("{\"rows\":{\"2\":\"digest\",\"3\":\"digest\"}}"));
        ends(1, "FAILED");
        ends(2, "NOT_LAUNCHED");
        ends(3, "FAILED");
        happens(told.row(1, "CONTROL", "RETRY", "DONE", "asked by ops", ""));
        happens(told.together().row(1, "STAGE", "CLOSED", "PLANNED", "", reopened()));
        happens(told.together().row(2, "STAGE", "CLOSED", "PLANNED", "", reopened()));
        happens(told.together().row(3, "STAGE", "CLOSED", "PLANNED", "", reopened()));

        assertThat(check.reopened()).containsExactlyInAnyOrder(1, 2);
        assertThat(found()).singleElement().satisfies(violation -> {
            assertThat(violation.invariant()).isEqualTo("I14");
            assertThat(violation.row()).isEqualTo(3);
        });
    }

    @Test
    void aRowThatWasNotLaunchedGoesOnWhenTheOtherIsSkipped() {
        happens(told.intake("{\"rows\":{\"2\":\"digest\",\"3\":\"digest\"}}"));
        ends(2, "NOT_LAUNCHED");
        happens(told.row(
                3,
                "STAGE",
                "PLANNED",
                "CLOSED",
                "",
                "{\"stage\":\"CLOSED\",\"outcome\":\"REJECTED\",\"reason\":\"not started: it depends on db\"}"));
        happens(told.row(1, "CONTROL", "SKIP_RUNNING", "DONE", "asked by ops", ""));
        happens(told.together().row(1, "STAGE", "REPLICATING", "CLOSED", "", "{\"stage\":\"CLOSED\"}"));
        happens(told.together().row(2, "STAGE", "CLOSED", "PLANNED", "", reopened()));
        happens(told.together().row(3, "STAGE", "CLOSED", "PLANNED", "", reopened()));

        assertThat(found()).isEmpty();
    }

    @Test
    void aRowThatFailedMayBeSkippedAfterwards() {
        ends(1, "FAILED");
        happens(told.row(1, "CONTROL", "SKIP", "DONE", "asked by ops", ""));
        happens(told.together().row(1, "STAGE", "CLOSED", "CLOSED", "", "{\"outcome\":\"SKIPPED\"}"));

        assertThat(found()).isEmpty();
    }

    private void ends(int row, String outcome) {
        happens(told.row(
                row, "STAGE", "SYNCING", "CLOSED", "", "{\"stage\":\"CLOSED\",\"outcome\":\"%s\"}".formatted(outcome)));
    }

    private static String reopened() {
        return "{\"stage\":\"PLANNED\",\"outcome\":null}";
    }

    private void calls(String operation, String end, int times) {
        for (int count = 0; count < times; count++) {
            happens(told.call(1, operation, ++attempt, "OPEN"));
            happens(told.call(1, operation, attempt, end));
        }
    }

    private void happens(RecordedEvent event) {
        check.event(event, fold);
        fold.apply(event);
    }

    private List<Violation> found() {
        check.end(fold);
        return findings.result("run", null).violations();
    }
}
