package dev.smsrunner.job.migrate;

import static dev.smsrunner.reconcile.RowFixtures.NOW;
import static dev.smsrunner.reconcile.RowFixtures.seeing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.jobfile.CutoverWindows;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.RowCall;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.reconcile.Decision;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.Observation;
import dev.smsrunner.reconcile.ObservationBuilder;
import dev.smsrunner.reconcile.RowFixtures;
import dev.smsrunner.reconcile.StallPolicy;
import dev.smsrunner.sms.TaskError;
import dev.smsrunner.target.TargetComparison;
import dev.smsrunner.target.TargetDifference;
import dev.smsrunner.target.TargetField;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Main cases of the decision, one line each: state and decision. */
class MigrateDeciderTests {

    /**
     * Given: {@code call=OPERATION/STATE/age}, {@code next=past|future}, {@code attempts=n}, {@code still=age} of the states,
     * {@code error=code|none}, {@code when=auto|manual}, {@code window=before|in|after}, {@code giveup=age}, {@code off} for a
     * disconnected agent, {@code other} for another task. Ages are ISO periods without their {@code PT}.
     */
    @Test
    void retriedRowStartsNewStallTime() {
        var policy = new DecisionPolicy(
                CutoverSettings.LaunchMode.MANUAL,
                CutoverWindows.NONE,
                0,
                Duration.ofMinutes(30),
                Duration.ofHours(4),
                Duration.ofSeconds(15),
                Duration.ZERO,
                CutoverSettings.OnDifference.WARN,
                Duration.ofMinutes(5));
        var stood = RowFixtures.row(Stage.SYNCING);
        var still = stood.withObserved(stood.observed().withChangedAt(NOW.minus(Duration.ofHours(9))));
        var closed = still.end(dev.smsrunner.ledger.Outcome.FAILED, "given up", NOW);
        var stallPolicy = new StallPolicy(policy, "");
        var observed = seeing("RUNNING", "replicate", "replicating");

        assertThat(stallPolicy.waitOrGiveUp(still, Stage.SYNCING, null, observed, NOW))
                .isInstanceOf(Decision.Finish.class);
        assertThat(stallPolicy.waitOrGiveUp(closed.reopen(Stage.PLANNED, NOW), Stage.PLANNED, null, observed, NOW))
                .isEqualTo(new Decision.Wait(Stage.PLANNED, null));
    }

    @ParameterizedTest
    @EnumSource(names = {"TASK_READY", "STARTED", "REPLICATING", "SYNCING", "LAUNCHING"})
    void taskWithOtherTargetIsRejected(Stage stage) {
        for (var states : List.of(
                "READY waiting setting",
                "ABORT stopped replicating",
                "MIGRATE_FAIL error replicating",
                "RUNNING replicate replicating",
                "SYNCING syncing syncing",
                "RUNNING cutovering cutovering",
                "MIGRATE_SUCCESS finished cutovered",
                "flying waiting setting")) {
            var parts = states.split(" ");
            var observed = elsewhere(seeing(parts[0], parts[1], parts[2]));

            assertThat(MigrateDecider.decide(RowFixtures.row(stage), observed, RowFixtures.policy(), NOW))
                    .isInstanceOfSatisfying(Decision.Finish.class, finish -> {
                        assertThat(finish.outcome()).isEqualTo(dev.smsrunner.ledger.Outcome.REJECTED);
                        assertThat(finish.reason()).contains("target_server_id: row ECS-1, task PROD-ECS-0001");
                    });
        }
    }

    @Test
    void rowWaitsWhileListLagsBehindUpdate() {
        var observed = elsewhere(seeing("READY", "waiting", "setting"));
        var updated = RowFixtures.row(Stage.TASK_READY)
                .withCall(new RowCall(Operation.UPDATE, CallState.DONE, 1, NOW.minus(Duration.ofSeconds(14))));

        assertThat(MigrateDecider.decide(updated, observed, RowFixtures.policy(), NOW))
                .isInstanceOf(Decision.Wait.class);
        assertThat(MigrateDecider.decide(
                        updated.withCall(
                                new RowCall(Operation.UPDATE, CallState.DONE, 1, NOW.minus(Duration.ofSeconds(15)))),
                        observed,
                        RowFixtures.policy(),
                        NOW))
                .isInstanceOf(Decision.Finish.class);
    }

    private static Observation elsewhere(Observation observed) {
        var difference = new TargetDifference(TargetField.TARGET_SERVER_ID, "ECS-1", "PROD-ECS-0001");
        return ObservationBuilder.builder(observed)
                .target(new TargetComparison(List.of(difference), true))
                .build();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            PLANNED     | - waiting checking                  |                                    | EnsureTask
            PLANNED     | - waiting checking                  | off                                | wait PLANNED: the agent is disconnected
            PLANNED     | - waiting checking                  | next=future                        | wait PLANNED
            PLANNED     | - waiting checking                  | next=past                          | EnsureTask
            PLANNED     | - flying checking                   |                                    | wait PLANNED: state not known
            PLANNED     | - waiting orbiting                  |                                    | wait PLANNED: state not known
            PLANNED     | READY waiting setting               |                                    | Adopt task-1
            PLANNED     | RUNNING replicate replicating       |                                    | Adopt task-1
            PLANNED     | DELETING waiting setting            |                                    | EnsureTask
            PLANNED     | DELETING waiting setting            | call=CREATE/REFUSED/1S             | EnsureTask
            PLANNED     | MIGRATE_SUCCESS waiting checking    | call=CREATE/REFUSED/1S             | EnsureTask
            PLANNED     | MIGRATE_SUCCESS waiting checking    | call=CREATE/UNKNOWN/1S             | wait PLANNED: the answer of CREATE was lost
            PLANNED     | READY waiting setting               | call=CREATE/UNKNOWN/1S             | Adopt task-1
            PLANNED     | READY waiting setting               | call=CREATE/OPEN/1S                | Adopt task-1
            PLANNED     | READY waiting setting               | call=CREATE/REFUSED/1S             | Adopt task-1
            PLANNED     | - waiting checking                  | call=CREATE/UNKNOWN/1S             | wait PLANNED: the answer of CREATE was lost
            PLANNED     | - waiting checking                  | call=CREATE/UNKNOWN/15S            | EnsureTask
            PLANNED     | READY waiting setting               | call=UPDATE/UNKNOWN/1S             | wait PLANNED: the answer of UPDATE was lost
            PLANNED     | READY waiting setting               | call=UPDATE/ABSENT/1M              | Adopt task-1
            PLANNED     | READY waiting setting               | call=UPDATE/REFUSED/1M next=future | wait PLANNED
            PLANNED     | READY waiting setting               | call=UPDATE/REFUSED/1M next=past   | Adopt task-1
            PLANNED     | READY waiting setting               | call=CREATE/REFUSED/1M next=future | Adopt task-1
            PLANNED     | gone                                |                                    | wait PLANNED: SMS no longer lists the source server
            TASK_READY  | READY waiting setting               |                                    | Start
            TASK_READY  | READY waiting setting               | off                                | wait TASK_READY: the agent is disconnected
            TASK_READY  | READY unavailable setting           |                                    | wait TASK_READY: the source failed the environment check
            TASK_READY  | READY waiting setting               | next=future                        | wait TASK_READY
            TASK_READY  | READY waiting setting               | next=past                          | Start
            TASK_READY  | READY waiting setting               | call=CREATE/DONE/1S                | Start
            TASK_READY  | READY waiting setting               | call=START/UNKNOWN/1S              | wait TASK_READY: the answer of START was lost
            TASK_READY  | READY waiting setting               | call=START/UNKNOWN/1M              | wait TASK_READY: the answer of START was lost
            TASK_READY  | READY waiting setting               | call=START/ABSENT/1M               | Start
            TASK_READY  | READY waiting setting               | call=START/REFUSED/1M              | Start
            TASK_READY  | READY waiting setting               | call=START/NOT_SENT/1M             | Start
            TASK_READY  | ABORT stopped replicating           |                                    | Start
            TASK_READY  | MIGRATE_FAIL error replicating      |                                    | Start
            TASK_READY  | RUNNING replicate replicating       |                                    | wait REPLICATING
            TASK_READY  | SYNCING syncing syncing             |                                    | Launch
            TASK_READY  | MIGRATE_SUCCESS finished cutovered  |                                    | finish MIGRATED
            TASK_READY  | - waiting checking                  |                                    | Confirm
            TASK_READY  | gone                                |                                    | Confirm
            TASK_READY  | READY waiting setting               | other                              | Confirm
            STARTED     | READY waiting setting               | call=START/DONE/5S                 | wait STARTED
            STARTED     | READY waiting setting               | call=START/DONE/29M                | wait STARTED
            STARTED     | READY waiting setting               | call=START/DONE/30M                | Start
            STARTED     | READY waiting setting               |                                    | wait STARTED: the task went back to READY
            STARTED     | RUNNING initialize replicating      | call=START/DONE/5S                 | wait REPLICATING
            STARTED     | ABORT stopped replicating           | call=START/DONE/5S                 | wait STARTED
            STARTED     | ABORT stopped replicating           | call=START/DONE/1M                 | Inspect
            STARTED     | MIGRATE_FAIL error replicating      | call=START/DONE/5S attempts=1      | wait STARTED
            STARTED     | MIGRATE_FAIL error replicating      | call=START/DONE/1M attempts=1      | Inspect
            STARTED     | MIGRATE_FAIL error replicating      | call=START/DONE/1M attempts=1 still=2M  | wait STARTED
            STARTED     | MIGRATE_FAIL error replicating      | call=START/DONE/1M attempts=1 still=30S | Inspect
            STARTED     | MIGRATE_FAIL error replicating      | call=START/DONE/5M attempts=1 still=6M  | Inspect
            STARTED     | MIGRATE_FAIL error replicating      | call=START/SEEN/1M attempts=1 still=2M  | wait STARTED
            STARTED     | SYNC_F_ROLLBACK_SUCCESS error syncing | call=START/DONE/1M attempts=1 still=2M | wait STARTED
            STARTED     | ABORT stopped replicating           | call=START/DONE/1M still=2M        | wait STARTED
            STARTED     | ABORT stopped replicating           | call=START/DONE/5M still=6M        | Inspect
            STARTED     | ABORT stopped replicating           | call=START/DONE/5M still=6M error=none | wait STARTED: paused, not by this run
            REPLICATING | RUNNING replicate replicating       |                                    | wait REPLICATING
            REPLICATING | RUNNING replicate replicating       | off                                | wait REPLICATING: the agent is disconnected
            REPLICATING | RUNNING replicate replicating       | still=30M                          | wait REPLICATING: stalled: no change for 30 min
            REPLICATING | RUNNING replicate replicating       | still=6H giveup=6H                 | finish FAILED: given up after 360 min
            STARTED     | READY waiting setting               | call=START/DONE/5S still=9H giveup=4H   | wait STARTED
            SYNCING     | SYNCING syncing syncing             | call=LAUNCH/DONE/5S still=9H giveup=4H  | wait SYNCING
            STARTED     | READY waiting setting               | call=START/REFUSED/5S still=9H giveup=4H off | finish FAILED: given up
            REPLICATING | RUNNING flying replicating          |                                    | wait REPLICATING: state not known
            REPLICATING | ABORT stopped replicating           |                                    | Inspect
            REPLICATING | ABORT stopped replicating           | error=none                         | wait REPLICATING: paused, not by this run
            REPLICATING | ABORT stopped replicating           | error=SMS.0210                     | wait REPLICATING: paused, not by this run
            REPLICATING | ABORT stopped replicating           | error=9007                         | wait REPLICATING: over speed: SMS paused the task (SMS.9007). Raise
            REPLICATING | ABORT stopped replicating           | error=SMS.9007 still=6H giveup=6H  | finish FAILED: given up after 360 min
            REPLICATING | ABORTING stopping replicating       |                                    | wait REPLICATING
            REPLICATING | MIGRATE_SUCCESS replicate replicating |                                  | wait REPLICATING
            REPLICATING | MIGRATE_SUCCESS syncing syncing     | still=5S                           | wait REPLICATING
            REPLICATING | MIGRATE_SUCCESS syncing syncing     | still=10S                          | Launch
            REPLICATING | MIGRATE_SUCCESS syncing syncing     | still=10S when=manual              | finish SYNCED
            REPLICATING | MIGRATE_SUCCESS cutovering cutovering |                                  | wait LAUNCHING
            REPLICATING | MIGRATE_FAIL error replicating      | attempts=1                         | Inspect
            REPLICATING | MIGRATE_FAIL error replicating      | attempts=1 error=SMS.0210          | restart SMS.0210
            REPLICATING | MIGRATE_FAIL error replicating      | attempts=2 error=SMS.0210          | restart SMS.0210
            REPLICATING | MIGRATE_FAIL error replicating      | attempts=3 error=SMS.0210          | finish FAILED: A file could not be created on the target (SMS.0210)
            REPLICATING | MIGRATE_FAIL error replicating      | attempts=1 error=SMS.1106          | finish FAILED: A disk of the target is too small (SMS.1106)
            REPLICATING | MIGRATE_FAIL error replicating      | attempts=1 error=SMS.4711          | restart SMS.4711
            REPLICATING | MIGRATE_FAIL error replicating      | attempts=1 error=none              | restart null
            REPLICATING | MIGRATE_FAIL error replicating      | attempts=1 next=future error=none  | wait REPLICATING
            REPLICATING | MIGRATE_FAIL error replicating      | attempts=1 next=past               | Start
            REPLICATING | MIGRATE_FAIL error replicating      | attempts=1 next=past off           | wait REPLICATING: the agent is disconnected
            REPLICATING | MIGRATE_FAIL error replicating      | attempts=0 restarts=0 error=none   | finish FAILED: MIGRATE_FAIL, no reason given
            SYNCING     | SYNCING syncing syncing             |                                    | Launch
            SYNCING     | SYNCING syncing syncing             | off                                | wait SYNCING: the agent is disconnected
            SYNCING     | SYNCING syncing syncing             | when=manual                        | finish SYNCED
            SYNCING     | SYNCING syncing syncing             | when=manual window=in              | finish SYNCED
            SYNCING     | SYNCING syncing syncing             | window=before                      | wait SYNCING
            SYNCING     | SYNCING syncing syncing             | window=in                          | Launch
            SYNCING     | SYNCING syncing syncing             | window=after                       | finish NOT_LAUNCHED: not launched: in sync only after
            SYNCING     | SYNCING syncing syncing             | next=future                        | wait SYNCING
            SYNCING     | SYNCING syncing syncing             | call=LAUNCH/DONE/1M                | wait SYNCING
            SYNCING     | SYNCING syncing syncing             | call=LAUNCH/UNKNOWN/1M             | wait SYNCING: the answer of LAUNCH was lost
            SYNCING     | SYNCING syncing syncing             | call=LAUNCH/UNKNOWN/1M window=after | wait SYNCING: the answer of LAUNCH was lost
            SYNCING     | SYNCING syncing syncing             | call=LAUNCH/ABSENT/1M              | Launch
            SYNCING     | SYNCING syncing syncing             | call=LAUNCH/DONE/30M               | Launch
            SYNCING     | SYNCING cloning syncing             |                                    | wait SYNCING
            SYNCING     | SYNC_FAIL error syncing             | attempts=1 error=SMS.6603          | finish FAILED: The source is disconnected from SMS (SMS.6603)
            LAUNCHING   | SYNCING cutovering cutovering       |                                    | wait LAUNCHING
            LAUNCHING   | MIGRATE_SUCCESS finished cutovered  |                                    | finish MIGRATED
            LAUNCHING   | SYNC_SUCCESS finished cutovered     |                                    | finish MIGRATED
            LAUNCHING   | MIGRATE_SUCCESS - -                 |                                    | wait LAUNCHING
            LAUNCHING   | - finished cutovered                |                                    | Confirm
            """)
    void decides(String stage, String states, @Nullable String given, String decision) {
        var actual = shown(new Case(Stage.valueOf(stage), states, given == null ? "" : given).decide());

        if (decision.contains(":")) {
            assertThat(actual).startsWith(decision);
        } else {
            assertThat(actual).isEqualTo(decision);
        }
    }

    @Test
    void windowIsHalfOpenAndEndsWithLockout() {
        var window = RowFixtures.window("in");
        var policy = RowFixtures.policy(CutoverSettings.LaunchMode.SYNCED, window);
        var row = RowFixtures.row(Stage.SYNCING);
        var observed = seeing("SYNCING", "syncing", "syncing");

        assertThat(MigrateDecider.decide(row, observed, policy, window.open().minusNanos(1)))
                .isEqualTo(new Decision.Wait(Stage.SYNCING, null));
        assertThat(MigrateDecider.decide(row, observed, policy, window.open())).isEqualTo(new Decision.Launch());
        assertThat(MigrateDecider.decide(
                        row, observed, policy, window.lastCall().minusNanos(1)))
                .isEqualTo(new Decision.Launch());
        assertThat(MigrateDecider.decide(row, observed, policy, window.lastCall()))
                .isInstanceOf(Decision.Finish.class);
    }

    @Test
    void startHasFiveMinutesDespiteShortStallTime() {
        var observed = seeing("READY", "waiting", "setting");
        var policy = new DecisionPolicy(
                CutoverSettings.LaunchMode.SYNCED,
                CutoverWindows.NONE,
                2,
                Duration.ofMinutes(1),
                null,
                RowFixtures.GRACE,
                RowFixtures.SETTLE,
                CutoverSettings.OnDifference.WARN,
                Duration.ofMinutes(5));

        assertThat(MigrateDecider.decide(started(Duration.ofSeconds(299), observed), observed, policy, NOW))
                .isInstanceOf(Decision.Wait.class);
        assertThat(MigrateDecider.decide(started(Duration.ofSeconds(300), observed), observed, policy, NOW))
                .isEqualTo(new Decision.Start());
    }

    private static LedgerRow started(Duration ago, Observation observed) {
        var call = new RowCall(Operation.START, CallState.DONE, 1, NOW.minus(ago));
        return RowFixtures.row(Stage.STARTED, call, 1, null, RowFixtures.unchangedFor(observed, Duration.ofHours(1)));
    }

    @Test
    void rowIsNotGivenUpWithinGraceOfCall() {
        var observed = seeing("READY", "waiting", "setting");
        var policy = new DecisionPolicy(
                CutoverSettings.LaunchMode.SYNCED,
                CutoverWindows.NONE,
                2,
                RowFixtures.STALLED,
                Duration.ofHours(6),
                RowFixtures.GRACE,
                RowFixtures.SETTLE,
                CutoverSettings.OnDifference.WARN,
                Duration.ofMinutes(5));
        var call = new RowCall(Operation.START, CallState.UNKNOWN, 1, NOW.minusSeconds(1));
        var row = RowFixtures.row(
                Stage.TASK_READY, call, 0, null, RowFixtures.unchangedFor(observed, Duration.ofHours(7)));

        assertThat(shown(MigrateDecider.decide(row, observed, policy, NOW)))
                .startsWith("wait TASK_READY: the answer of START");
    }

    private static String shown(Decision decision) {
        if (decision instanceof Decision.Wait wait) {
            return "wait " + wait.stage() + (wait.attention() == null ? "" : ": " + wait.attention());
        }
        if (decision instanceof Decision.Finish finish) {
            return "finish " + finish.outcome() + (finish.reason() == null ? "" : ": " + finish.reason());
        }
        if (decision instanceof Decision.RestartLater later) {
            return "restart " + later.failure().code();
        }
        return decision instanceof Decision.Adopt adopt
                ? "Adopt " + adopt.taskId()
                : decision.getClass().getSimpleName();
    }

    /** Parser of one line of the table. */
    private static final class Case {

        private final Stage stage;
        private Observation observed;
        private @Nullable RowCall call;
        private @Nullable Instant nextAt;
        private int attempts;
        private int restarts = 2;
        private @Nullable Duration still;
        private @Nullable Duration giveUp;
        private CutoverSettings.LaunchMode when = CutoverSettings.LaunchMode.SYNCED;
        private CutoverSettings.@Nullable Window window;

        Case(Stage stage, String states, String given) {
            this.stage = stage;
            this.observed = observe(states, given.contains("off"));
            for (var part : given.isBlank() ? new String[0] : given.split(" ")) {
                var name = part.split("=")[0];
                take(name, part.substring(Math.min(part.length(), name.length() + 1)));
            }
        }

        Decision decide() {
            var policy = new DecisionPolicy(
                    when,
                    CutoverWindows.of(window),
                    restarts,
                    RowFixtures.STALLED,
                    giveUp,
                    RowFixtures.GRACE,
                    RowFixtures.SETTLE,
                    CutoverSettings.OnDifference.WARN,
                    Duration.ofMinutes(5));
            var since = still == null ? observed.states() : RowFixtures.unchangedFor(observed, still);
            return MigrateDecider.decide(RowFixtures.row(stage, call, attempts, nextAt, since), observed, policy, NOW);
        }

        private static Observation observe(String states, boolean off) {
            if (states.equals("gone")) {
                return Observation.absent(NOW);
            }
            var parts = states.replace("-", "").split(" ", -1);
            return seeing(parts[0], parts[1], parts[2], !off);
        }

        private void take(String name, String value) {
            switch (name) {
                case "call" -> call = call(value.split("/"));
                case "next" -> nextAt = value.equals("past") ? NOW.minusSeconds(1) : NOW.plusSeconds(1);
                case "attempts" -> attempts = Integer.parseInt(value);
                case "restarts" -> restarts = Integer.parseInt(value);
                case "still" -> still = Duration.parse("PT" + value);
                case "giveup" -> giveUp = Duration.parse("PT" + value);
                case "when" -> when = CutoverSettings.LaunchMode.valueOf(value.toUpperCase(java.util.Locale.ROOT));
                case "window" -> window = RowFixtures.window(value);
                case "error" ->
                    observed = RowFixtures.with(
                            observed,
                            value.equals("none") ? Optional.empty() : Optional.of(new TaskError(value, "broken")));
                case "other" -> observed = anotherTask(observed);
                case "off" -> {}
                default -> throw new IllegalArgumentException(name);
            }
        }

        private static RowCall call(String[] parts) {
            return new RowCall(
                    Operation.valueOf(parts[0]),
                    CallState.valueOf(parts[1]),
                    1,
                    NOW.minus(Duration.parse("PT" + parts[2])));
        }

        private static Observation anotherTask(Observation observed) {
            return ObservationBuilder.builder(observed).taskId("task-2").build();
        }
    }
}
