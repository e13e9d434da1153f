package dev.smsrunner.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody did to a server in the console, or asked for, and what the run did then. */
class OperatorWishesCheckTests {

    private final EventFixtures told = new EventFixtures();
    private final ReplayedTables fold = new ReplayedTables();
    private final Findings findings = new Findings(Map.of());
    private OperatorWishesCheck check = new OperatorWishesCheck("migrate", findings);
    private int attempt;

    @BeforeEach
    void aServerThatIsCopied() {
        happens(told.intake("{\"rows\":{\"1\":\"digest\"}}"));
        started();
        happens(told.row(1, "STAGE", "STARTED", "REPLICATING", "", "{\"stage\":\"REPLICATING\"}"));
        seen("RUNNING");
    }

    @Test
    void aTaskThatSomebodyPausedMayStayPaused() {
        seen("ABORTING");
        seen("ABORT");

        assertThat(found()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RUNNING", "ABORTING"})
    void aTaskThatSomebodyPausedAndWeStartedIsFound(String before) {
        seen(before);
        seen("ABORT");
        started();

        assertThat(found()).singleElement().satisfies(violation -> {
            assertThat(violation.invariant()).isEqualTo("I13");
            assertThat(violation.row()).isEqualTo(1);
            assertThat(violation.what()).isEqualTo("START was begun though its task was paused by somebody else");
            assertThat(violation.evidence()).matches("event \\d+ after event \\d+");
        });
    }

    @Test
    void whoPausedItMayStartItAndAFailureAfterThatIsOurs() {
        seen("ABORT");
        seen("RUNNING");
        seen("MIGRATE_FAIL");
        started();

        assertThat(found()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RETRY", "RETRY_ALL"})
    void aWordOfAPersonAllowsIt(String action) {
        seen("ABORT");
        happens(
                action.equals("RETRY")
                        ? told.row(1, "CONTROL", action, "DONE", "asked by ops", "")
                        : told.run("CONTROL", action, "DONE", ""));
        started();

        assertThat(found()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RETRY", "SKIP", "SKIP_RUNNING"})
    void aRetryOrASkipOfOneRowIsAWordForThoseThatItFrees(String action) {
        seen("ABORT");
        happens(told.row(1, "STAGE", "SYNCING", "CLOSED", "", "{\"stage\":\"CLOSED\",\"outcome\":\"NOT_LAUNCHED\"}"));
        happens(told.intake("{\"rows\":{\"2\":\"digest\"}}"));
        happens(told.row(2, "CONTROL", action, "DONE", "asked by ops", ""));
        happens(told.together()
                .row(1, "STAGE", "CLOSED", "PLANNED", "freed", "{\"stage\":\"PLANNED\",\"outcome\":null}"));
        started();

        assertThat(found()).isEmpty();
        assertThat(check.allowed(1, EventFixtures.BEGUN, told.next())).isTrue();
    }

    @Test
    void aForcedLaunchIsAWordOfAPerson() {
        seen("ABORT");
        happens(told.row(1, "CONTROL", "LAUNCH_FORCED", "DONE", "asked by ops", ""));
        started();

        assertThat(found()).isEmpty();
    }

    @Test
    void aTaskThatSomebodyRemovedAndWeCreatedAgainIsFound() {
        happens(
                told.row(
                        1,
                        "STAGE",
                        "REPLICATING",
                        "CLOSED",
                        "FAILED",
                        "{\"stage\":\"CLOSED\",\"outcome\":\"FAILED\",\"reason\":\"the task t was removed by somebody else\"}"));
        happens(told.call(1, "CREATE", ++attempt, "OPEN"));

        assertThat(found())
                .singleElement()
                .satisfies(violation ->
                        assertThat(violation.what()).contains("CREATE was begun though", "removed by somebody else"));
    }

    @Test
    void theSkipOfARowThatWasNotLaunchedIsNoWordForItself() {
        happens(told.row(1, "STAGE", "SYNCING", "CLOSED", "", "{\"stage\":\"CLOSED\",\"outcome\":\"NOT_LAUNCHED\"}"));
        happens(told.row(1, "CONTROL", "SKIP", "DONE", "asked by ops", ""));
        happens(told.together().row(1, "STAGE", "CLOSED", "CLOSED", "", "{\"outcome\":\"SKIPPED\"}"));
        happens(told.call(1, "LAUNCH", ++attempt, "OPEN"));

        assertThat(found()).hasSize(1);
    }

    @Test
    void aServerThatAPersonWantedToBeLeftAloneAndThatWasLaunchedIsFound() {
        happens(told.row(1, "CONTROL", "SKIP_RUNNING", "DONE", "asked by ops", ""));
        happens(told.call(1, "LAUNCH", ++attempt, "OPEN"));

        assertThat(found())
                .singleElement()
                .satisfies(violation -> assertThat(violation.what()).contains("LAUNCH", "left alone"));
    }

    @Test
    void aStartWhileNewStartsAreToWaitIsFound() {
        happens(told.intake("{\"rows\":{\"1\":\"digest\",\"2\":\"digest\"}}"));
        happens(told.row(2, "STAGE", "PLANNED", "TASK_READY", "", "{\"stage\":\"TASK_READY\"}"));
        happens(told.run("CONTROL", "PAUSE", "DONE", "{\"run\":{\"paused_at\":\"2026-11-21T22:00:09Z\"}}"));
        happens(told.call(2, "START", 1, "OPEN"));
        happens(told.run("CONTROL", "RESUME", "DONE", "{\"run\":{\"paused_at\":null}}"));
        happens(told.call(2, "START", 2, "OPEN"));

        assertThat(found()).singleElement().satisfies(violation -> {
            assertThat(violation.row()).isEqualTo(2);
            assertThat(violation.what()).contains("new starts wait");
        });
    }

    @ParameterizedTest
    @CsvSource({"no copy is started and no target is launched, 1", "new starts wait, 0"})
    void aLaunchWhileAPersonWasToldThatNothingIsLaunchedIsFound(String answer, int violations) {
        happens(told.run("CONTROL", "PAUSE", "DONE", answer, "{\"run\":{\"paused_at\":\"2026-11-21T22:00:09Z\"}}"));
        happens(told.call(1, "LAUNCH", ++attempt, "OPEN"));
        happens(told.run("CONTROL", "RESUME", "DONE", "", "{\"run\":{\"paused_at\":null}}"));
        happens(told.call(1, "LAUNCH", ++attempt, "OPEN"));

        assertThat(found()).hasSize(violations);
    }

    @Test
    void aJobThatDoesWhatAPersonOrderedReversesNothing() {
        check = new OperatorWishesCheck("action", findings);
        seen("ABORT");
        started();

        assertThat(found()).isEmpty();
    }

    private void seen(String state) {
        happens(told.row(1, "STATE", "", state, "", "{\"task_state\":\"%s\"}".formatted(state)));
    }

    private void started() {
        happens(told.call(1, "START", ++attempt, "OPEN"));
        happens(told.call(1, "START", attempt, "DONE"));
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
