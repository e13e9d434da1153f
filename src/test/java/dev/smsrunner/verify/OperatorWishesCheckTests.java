package dev.smsrunner.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of a run after actions and requests of operators. */
class OperatorWishesCheckTests {

    private final EventFixtures events = new EventFixtures();
    private final ReplayedTables replayed = new ReplayedTables();
    private final Findings findings = new Findings(Map.of());
    private OperatorWishesCheck check = new OperatorWishesCheck("migrate", findings);
    private int attempt;

    @BeforeEach
    void startCopy() {
        apply(events.intake("{\"rows\":{\"1\":\"digest\"}}"));
        start();
        apply(events.row(1, "STAGE", "STARTED", "REPLICATING", "", "{\"stage\":\"REPLICATING\"}"));
        observe("RUNNING");
    }

    @Test
    void pausedTaskWithoutCallHasNoViolation() {
        observe("ABORTING");
        observe("ABORT");

        assertThat(found()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RUNNING", "ABORTING"})
    void startOfAPausedTaskIsFound(String before) {
        observe(before);
        observe("ABORT");
        start();

        assertThat(found()).singleElement().satisfies(violation -> {
            assertThat(violation.invariant()).isEqualTo("I13");
            assertThat(violation.row()).isEqualTo(1);
            assertThat(violation.what()).isEqualTo("START was sent although another user paused its task");
            assertThat(violation.evidence()).matches("event \\d+ after event \\d+");
        });
    }

    @Test
    void restartAfterTheUserResumedTheTaskIsAllowed() {
        observe("ABORT");
        observe("RUNNING");
        observe("MIGRATE_FAIL");
        start();

        assertThat(found()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RETRY", "RETRY_ALL"})
    void retryAllowsAStart(String action) {
        observe("ABORT");
        apply(
                action.equals("RETRY")
                        ? events.row(1, "CONTROL", action, "DONE", "asked by ops", "")
                        : events.run("CONTROL", action, "DONE", ""));
        start();

        assertThat(found()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RETRY", "SKIP", "SKIP_RUNNING"})
    void requestForOneRowAllowsTheRowsItContinues(String action) {
        observe("ABORT");
        apply(events.row(1, "STAGE", "SYNCING", "CLOSED", "", "{\"stage\":\"CLOSED\",\"outcome\":\"NOT_LAUNCHED\"}"));
        apply(events.intake("{\"rows\":{\"2\":\"digest\"}}"));
        apply(events.row(2, "CONTROL", action, "DONE", "asked by ops", ""));
        apply(events.together()
                .row(1, "STAGE", "CLOSED", "PLANNED", "freed", "{\"stage\":\"PLANNED\",\"outcome\":null}"));
        start();

        assertThat(found()).isEmpty();
        assertThat(check.isRequested(1, EventFixtures.BEGUN, events.next())).isTrue();
    }

    @Test
    void forcedLaunchAllowsAStart() {
        observe("ABORT");
        apply(events.row(1, "CONTROL", "LAUNCH_FORCED", "DONE", "asked by ops", ""));
        start();

        assertThat(found()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"another user", "somebody else"})
    void createAfterARemovalIsFound(String remover) {
        apply(events.row(
                1,
                "STAGE",
                "REPLICATING",
                "CLOSED",
                "FAILED",
                "{\"stage\":\"CLOSED\",\"outcome\":\"FAILED\",\"reason\":\"the task t was removed by %s\"}"
                        .formatted(remover)));
        apply(events.call(1, "CREATE", ++attempt, "OPEN"));

        assertThat(found())
                .singleElement()
                .satisfies(violation ->
                        assertThat(violation.what()).contains("CREATE was sent although", "another user removed"));
    }

    @Test
    void skipOfARowAllowsNoLaunchOfTheRow() {
        apply(events.row(1, "STAGE", "SYNCING", "CLOSED", "", "{\"stage\":\"CLOSED\",\"outcome\":\"NOT_LAUNCHED\"}"));
        apply(events.row(1, "CONTROL", "SKIP", "DONE", "asked by ops", ""));
        apply(events.together().row(1, "STAGE", "CLOSED", "CLOSED", "", "{\"outcome\":\"SKIPPED\"}"));
        apply(events.call(1, "LAUNCH", ++attempt, "OPEN"));

        assertThat(found()).hasSize(1);
    }

    @Test
    void launchOfASkippedServerIsFound() {
        apply(events.row(1, "CONTROL", "SKIP_RUNNING", "DONE", "asked by ops", ""));
        apply(events.call(1, "LAUNCH", ++attempt, "OPEN"));

        assertThat(found())
                .singleElement()
                .satisfies(
                        violation -> assertThat(violation.what()).contains("LAUNCH", "an operator skipped the server"));
    }

    @Test
    void startWhilePausedIsFound() {
        apply(events.intake("{\"rows\":{\"1\":\"digest\",\"2\":\"digest\"}}"));
        apply(events.row(2, "STAGE", "PLANNED", "TASK_READY", "", "{\"stage\":\"TASK_READY\"}"));
        apply(events.run("CONTROL", "PAUSE", "DONE", "{\"run\":{\"paused_at\":\"2026-11-21T22:00:09Z\"}}"));
        apply(events.call(2, "START", 1, "OPEN"));
        apply(events.run("CONTROL", "RESUME", "DONE", "{\"run\":{\"paused_at\":null}}"));
        apply(events.call(2, "START", 2, "OPEN"));

        assertThat(found()).singleElement().satisfies(violation -> {
            assertThat(violation.row()).isEqualTo(2);
            assertThat(violation.what()).contains("new starts were paused");
        });
    }

    @ParameterizedTest
    @CsvSource({"no copy is started and no target is launched, 1", "new starts wait, 0"})
    void launchWhilePausedIsFound(String answer, int violations) {
        apply(events.run("CONTROL", "PAUSE", "DONE", answer, "{\"run\":{\"paused_at\":\"2026-11-21T22:00:09Z\"}}"));
        apply(events.call(1, "LAUNCH", ++attempt, "OPEN"));
        apply(events.run("CONTROL", "RESUME", "DONE", "", "{\"run\":{\"paused_at\":null}}"));
        apply(events.call(1, "LAUNCH", ++attempt, "OPEN"));

        assertThat(found()).hasSize(violations);
    }

    @Test
    void otherJobsReverseNothing() {
        check = new OperatorWishesCheck("action", findings);
        observe("ABORT");
        start();

        assertThat(found()).isEmpty();
    }

    private void observe(String state) {
        apply(events.row(1, "STATE", "", state, "", "{\"task_state\":\"%s\"}".formatted(state)));
    }

    private void start() {
        apply(events.call(1, "START", ++attempt, "OPEN"));
        apply(events.call(1, "START", attempt, "DONE"));
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
