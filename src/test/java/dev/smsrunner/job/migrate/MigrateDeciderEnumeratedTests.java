package dev.smsrunner.job.migrate;

import static dev.smsrunner.reconcile.RowFixtures.NOW;
import static dev.smsrunner.reconcile.RowFixtures.seeing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.jobfile.CutoverWindows;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RowCall;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.reconcile.Decision;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.MigrationPhase;
import dev.smsrunner.reconcile.Observation;
import dev.smsrunner.reconcile.RowFixtures;
import dev.smsrunner.sms.CopyState;
import dev.smsrunner.sms.TaskError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The whole decision table, some millions of lines: rules that hold in each line, and the number of lines per decision. */
class MigrateDeciderEnumeratedTests {

    /** Operations of a migration, without the operations of the other jobs. */
    private static final List<Operation> OPERATIONS =
            List.of(Operation.CREATE, Operation.UPDATE, Operation.START, Operation.LAUNCH);

    private static final List<Stage> OPEN =
            Arrays.stream(Stage.values()).filter(stage -> stage != Stage.CLOSED).toList();
    private static final List<DecisionPolicy> POLICIES = policies();
    private static final List<RowCall> CALLS = calls();
    private static final int[] ATTEMPTS = {0, 1, 3};
    private static final List<Optional<Instant>> NEXT =
            List.of(Optional.empty(), Optional.of(NOW.minusSeconds(1)), Optional.of(NOW.plusSeconds(1)));
    private static final List<Duration> UNCHANGED = List.of(Duration.ofSeconds(1), Duration.ofHours(7));
    private static final Set<MigrationPhase> STARTABLE =
            EnumSet.of(MigrationPhase.IDLE, MigrationPhase.PAUSED, MigrationPhase.FAILED);

    @Test
    void everyLineIsSafeAndCountsMatchTable() {
        var counts = new TreeMap<String, Integer>();
        each((row, observed, policy) -> {
            var decision = MigrateDecider.decide(row, observed, policy, NOW);
            assertSafe(row, observed, policy, decision);
            counts.merge(kind(decision), 1, Integer::sum);
        });

        assertThat(counts)
                .hasToString("{Adopt=260400, Confirm=229500, EnsureTask=58560, Finish FAILED=127462,"
                        + " Finish MIGRATED=153000, Finish NOT_LAUNCHED=20520, Finish SYNCED=122400,"
                        + " Inspect=116000, Launch=34200, RestartLater=37584, Start=110720,"
                        + " Wait=2493454}");
    }

    @Test
    void everyLineIsSafeAfterCallIsResolved() {
        each((row, observed, policy) -> {
            var call = row.call();
            if (call == null || !call.state().isUndecided()) {
                return;
            }
            var known = LostCallResolver.resolve(row, observed, policy);
            var decision = MigrateDecider.decide(row.withCall(call.withState(known, call.at())), observed, policy, NOW);
            assertSafe(row.withCall(call.withState(known, call.at())), observed, policy, decision);
        });
    }

    private static void assertSafe(LedgerRow row, Observation observed, DecisionPolicy policy, Decision decision) {
        var phase = observed.phase();
        boolean planned = row.stage() == Stage.PLANNED;
        boolean known = phase != MigrationPhase.UNKNOWN;
        var call = row.call();

        if (decision instanceof Decision.Start) {
            check(
                    !planned && STARTABLE.contains(phase),
                    "started a task that cannot start",
                    row,
                    observed,
                    policy,
                    decision);
        }
        if (decision instanceof Decision.Launch) {
            check(
                    phase == MigrationPhase.SYNCED || waypoint(row, observed, policy),
                    "launched a target that is not in sync",
                    row,
                    observed,
                    policy,
                    decision);
            check(
                    policy.when() != CutoverSettings.LaunchMode.MANUAL
                            && policy.windows().isAnyOpenAt(NOW),
                    "launched against the policy",
                    row,
                    observed,
                    policy,
                    decision);
        }
        if (sends(decision)) {
            check(known, "acted upon an unknown state", row, observed, policy, decision);
            check(observed.listed(), "acted on an unlisted source", row, observed, policy, decision);
            check(
                    !Boolean.FALSE.equals(observed.states().connected()),
                    "acted upon a disconnected server",
                    row,
                    observed,
                    policy,
                    decision);
            check(
                    row.nextAt() == null || !NOW.isBefore(row.nextAt()),
                    "acted before its time",
                    row,
                    observed,
                    policy,
                    decision);
            check(
                    call == null || !call.state().isUndecided() || (planned && late(call, policy)),
                    "acted while a call is undecided",
                    row,
                    observed,
                    policy,
                    decision);
            check(
                    decision instanceof Decision.EnsureTask == planned,
                    "ensured a task of a row that is not PLANNED",
                    row,
                    observed,
                    policy,
                    decision);
        }
        if (!planned && missing(phase)) {
            check(decision instanceof Decision.Confirm, "did not confirm a loss", row, observed, policy, decision);
        }
        if (!planned) {
            check(
                    decision.equals(new Decision.Finish(Outcome.MIGRATED, null, null))
                            == (phase == MigrationPhase.FINISHED),
                    "migrated is exactly finished",
                    row,
                    observed,
                    policy,
                    decision);
        }
        if (decision instanceof Decision.Finish finish) {
            check(
                    finish.outcome() != Outcome.SYNCED || policy.when() == CutoverSettings.LaunchMode.MANUAL,
                    "in sync is a goal only with manual launches",
                    row,
                    observed,
                    policy,
                    decision);
            boolean failed = finish.outcome() == Outcome.FAILED || finish.outcome() == Outcome.NOT_LAUNCHED;
            check(
                    failed
                            == (finish.failure() != null
                                    && finish.reason() != null
                                    && !finish.reason().isBlank()
                                    && !finish.failure().recommendedAction().isBlank()),
                    "failed without a text",
                    row,
                    observed,
                    policy,
                    decision);
            check(known || failed, "succeeded in an unknown state", row, observed, policy, decision);
            check(
                    !failed || call == null || !call.state().isUndecided() || late(call, policy),
                    "given up while a call is under way",
                    row,
                    observed,
                    policy,
                    decision);
            boolean still = failed && finish.reason().startsWith("given up after");
            check(
                    !still
                            || call == null
                            || !call.state().isExecuted()
                            || !call.at().plus(policy.giveUpAfter()).isAfter(NOW),
                    "given up right after it was started or launched",
                    row,
                    observed,
                    policy,
                    decision);
        }
        if (decision instanceof Decision.RestartLater later) {
            check(
                    phase == MigrationPhase.FAILED && row.attempts() <= policy.restarts(),
                    "restarts too often",
                    row,
                    observed,
                    policy,
                    decision);
            check(!later.failure().text().isBlank(), "restarts without a text", row, observed, policy, decision);
        }
    }

    private static boolean waypoint(LedgerRow row, Observation observed, DecisionPolicy policy) {
        var changed = row.observed().changedAt();
        return observed.phase() == MigrationPhase.WAYPOINT
                && observed.copy() == CopyState.SYNCING
                && changed != null
                && !NOW.isBefore(changed.plus(policy.settle()));
    }

    private static boolean late(RowCall call, DecisionPolicy policy) {
        return !NOW.isBefore(call.at().plus(policy.grace()));
    }

    private static boolean missing(MigrationPhase phase) {
        return phase == MigrationPhase.NO_SOURCE || phase == MigrationPhase.NO_TASK;
    }

    private static boolean sends(Decision decision) {
        return decision instanceof Decision.Start
                || decision instanceof Decision.Launch
                || decision instanceof Decision.EnsureTask;
    }

    private static String kind(Decision decision) {
        return decision instanceof Decision.Finish finish
                ? "Finish " + finish.outcome()
                : decision.getClass().getSimpleName();
    }

    /** Builds the message only on failure: there are millions of lines. */
    private static void check(
            boolean holds,
            String otherwise,
            LedgerRow row,
            Observation observed,
            DecisionPolicy policy,
            Decision decision) {
        if (!holds) {
            fail("%s:%n%s%n%s%n%s%n%s", otherwise, decision, row, observed, policy);
        }
    }

    private interface Line {
        void of(LedgerRow row, Observation observed, DecisionPolicy policy);
    }

    private static void each(Line line) {
        for (var observed : observations()) {
            for (var unchanged : UNCHANGED) {
                var since = RowFixtures.unchangedFor(observed, unchanged);
                for (var stage : OPEN) {
                    for (var call : CALLS) {
                        for (int attempts : ATTEMPTS) {
                            for (var next : NEXT) {
                                var row = RowFixtures.row(stage, call, attempts, next.orElse(null), since);
                                POLICIES.forEach(policy -> line.of(row, observed, policy));
                            }
                        }
                    }
                }
            }
        }
    }

    /** Every phase with each state of the agent, and a failed phase with each cause. */
    private static List<Observation> observations() {
        var all = new ArrayList<Observation>();
        all.add(Observation.absent(NOW));
        for (var connected : new Boolean[] {true, false}) {
            all.add(seeing("", "waiting", "checking", connected));
            all.add(seeing("", "flying", "checking", connected));
            all.add(seeing("CUTOVER_READY", "syncing", "syncing", connected));
            all.add(seeing("READY", "waiting", "setting", connected));
            all.add(seeing("READY", "unavailable", "setting", connected));
            var paused = seeing("ABORT", "stopped", "replicating", connected);
            all.add(paused);
            all.add(RowFixtures.with(paused, Optional.empty()));
            all.add(RowFixtures.with(paused, Optional.of(new TaskError("SMS.9007", "over speed"))));
            all.add(seeing("RUNNING", "replicate", "replicating", connected));
            all.add(seeing("MIGRATE_SUCCESS", "replicate", "replicating", connected));
            all.add(seeing("MIGRATE_SUCCESS", "syncing", "syncing", connected));
            all.add(seeing("SYNCING", "syncing", "syncing", connected));
            all.add(seeing("SYNCING", "cutovering", "cutovering", connected));
            all.add(seeing("SYNC_SUCCESS", "finished", "cutovered", connected));
            all.add(seeing("ABORTING", "stopping", "syncing", connected));
            var failed = seeing("MIGRATE_FAIL", "error", "replicating", connected);
            all.add(failed);
            all.add(RowFixtures.with(failed, Optional.empty()));
            all.add(RowFixtures.with(failed, Optional.of(new TaskError("SMS.0210", "broken"))));
            all.add(RowFixtures.with(failed, Optional.of(new TaskError("SMS.1106", "too small"))));
        }
        all.add(seeing("READY", "waiting", "setting", null));
        all.add(seeing("SYNCING", "syncing", "syncing", null));
        var situations = EnumSet.noneOf(MigrationPhase.class);
        all.forEach(observed -> situations.add(observed.phase()));
        assertThat(situations).isEqualTo(EnumSet.allOf(MigrationPhase.class));
        return all;
    }

    private static List<DecisionPolicy> policies() {
        var all = new ArrayList<DecisionPolicy>();
        all.add(RowFixtures.policy(CutoverSettings.LaunchMode.AUTO, null));
        for (var when : List.of(CutoverSettings.LaunchMode.SYNCED, CutoverSettings.LaunchMode.MANUAL)) {
            all.add(RowFixtures.policy(when, null));
            for (var where : List.of("before", "in", "after")) {
                all.add(RowFixtures.policy(when, RowFixtures.window(where)));
            }
        }
        all.add(new DecisionPolicy(
                CutoverSettings.LaunchMode.SYNCED,
                CutoverWindows.NONE,
                0,
                RowFixtures.STALLED,
                Duration.ofHours(6),
                RowFixtures.GRACE,
                RowFixtures.SETTLE,
                CutoverSettings.OnDifference.WARN,
                Duration.ofMinutes(5)));
        return all;
    }

    private static List<@Nullable RowCall> calls() {
        var all = new ArrayList<@Nullable RowCall>();
        all.add(null);
        for (var operation : OPERATIONS) {
            for (var state : CallState.values()) {
                for (var ago : List.of(Duration.ofSeconds(1), Duration.ofMinutes(1), Duration.ofHours(2))) {
                    all.add(new RowCall(operation, state, 1, NOW.minus(ago)));
                }
            }
        }
        return all;
    }
}
