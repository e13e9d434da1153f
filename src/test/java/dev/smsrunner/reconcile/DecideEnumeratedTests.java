package dev.smsrunner.reconcile;

import static dev.smsrunner.reconcile.RowFixtures.NOW;
import static dev.smsrunner.reconcile.RowFixtures.seeing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RowCall;
import dev.smsrunner.ledger.Stage;
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

/** The whole decision table, some millions of lines: what must hold in each of them, and how often each decision is taken. */
class DecideEnumeratedTests {

    /** What a migration sends; the operations of the other jobs are not among them. */
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
    void everyLineIsSafeAndTheTableIsAsItWasAgreed() {
        var counts = new TreeMap<String, Integer>();
        each((row, seen, policy) -> {
            var decision = MigrateDecider.decide(row, seen, policy, NOW);
            assertSafe(row, seen, policy, decision);
            counts.merge(kind(decision), 1, Integer::sum);
        });

        assertThat(counts)
                .hasToString("{Adopt=260400, Close FAILED=127462, Close MIGRATED=153000,"
                        + " Close NOT_LAUNCHED=20520, Close SYNCED=122400,"
                        + " Confirm=229500, Inspect=116000, Launch=34200, Look=2493454, Prepare=58560,"
                        + " RestartLater=37584, Start=110720}");
    }

    @Test
    void everyLineIsSafeAfterItsCallWasSettled() {
        each((row, seen, policy) -> {
            var call = row.call();
            if (call == null || !call.state().undecided()) {
                return;
            }
            var known = LostCallResolver.of(row, seen, policy);
            var decision = MigrateDecider.decide(row.withCall(call.now(known, call.at())), seen, policy, NOW);
            assertSafe(row.withCall(call.now(known, call.at())), seen, policy, decision);
        });
    }

    private static void assertSafe(LedgerRow row, Observation seen, DecisionPolicy policy, Decision decision) {
        var situation = seen.situation();
        boolean planned = row.stage() == Stage.PLANNED;
        boolean known = situation != MigrationPhase.UNKNOWN;
        var call = row.call();

        if (decision instanceof Decision.Start) {
            check(!planned && STARTABLE.contains(situation), "started what cannot be", row, seen, policy, decision);
        }
        if (decision instanceof Decision.Launch) {
            check(
                    situation == MigrationPhase.SYNCED || waypoint(row, seen, policy),
                    "launched what is not in sync",
                    row,
                    seen,
                    policy,
                    decision);
            check(
                    policy.when() != CutoverSettings.When.MANUAL
                            && (policy.window() == null || policy.window().isOpenAt(NOW)),
                    "launched against the policy",
                    row,
                    seen,
                    policy,
                    decision);
        }
        if (sends(decision)) {
            check(known, "acted upon an unknown state", row, seen, policy, decision);
            check(seen.listed(), "acted upon what was not seen", row, seen, policy, decision);
            check(
                    !Boolean.FALSE.equals(seen.seen().connected()),
                    "acted upon a disconnected server",
                    row,
                    seen,
                    policy,
                    decision);
            check(
                    row.nextAt() == null || !NOW.isBefore(row.nextAt()),
                    "acted before its time",
                    row,
                    seen,
                    policy,
                    decision);
            check(
                    call == null || !call.state().undecided() || (planned && late(call, policy)),
                    "acted while a call is undecided",
                    row,
                    seen,
                    policy,
                    decision);
            check(
                    decision instanceof Decision.Prepare == planned,
                    "prepared what is not planned",
                    row,
                    seen,
                    policy,
                    decision);
        }
        if (!planned && missing(situation)) {
            check(decision instanceof Decision.Confirm, "did not confirm a loss", row, seen, policy, decision);
        }
        if (!planned) {
            check(
                    decision.equals(new Decision.Close(Outcome.MIGRATED, null, null))
                            == (situation == MigrationPhase.FINISHED),
                    "migrated is exactly finished",
                    row,
                    seen,
                    policy,
                    decision);
        }
        if (decision instanceof Decision.Close close) {
            check(
                    close.outcome() != Outcome.SYNCED || policy.when() == CutoverSettings.When.MANUAL,
                    "in sync is a goal only when a person launches",
                    row,
                    seen,
                    policy,
                    decision);
            boolean failed = close.outcome() == Outcome.FAILED || close.outcome() == Outcome.NOT_LAUNCHED;
            check(
                    failed
                            == (close.failure() != null
                                    && close.reason() != null
                                    && !close.reason().isBlank()
                                    && !close.failure().recommendedAction().isBlank()),
                    "failed without a word",
                    row,
                    seen,
                    policy,
                    decision);
            check(known || failed, "succeeded in an unknown state", row, seen, policy, decision);
            check(
                    !failed || call == null || !call.state().undecided() || late(call, policy),
                    "given up while a call is under way",
                    row,
                    seen,
                    policy,
                    decision);
            boolean still = failed && close.reason().startsWith("given up after");
            check(
                    !still
                            || call == null
                            || !call.state().executed()
                            || !call.at().plus(policy.giveUpAfter()).isAfter(NOW),
                    "given up right after it was started or launched",
                    row,
                    seen,
                    policy,
                    decision);
        }
        if (decision instanceof Decision.RestartLater later) {
            check(
                    situation == MigrationPhase.FAILED && row.attempts() <= policy.restarts(),
                    "restarts too often",
                    row,
                    seen,
                    policy,
                    decision);
            check(!later.failure().text().isBlank(), "restarts without a word", row, seen, policy, decision);
        }
    }

    private static boolean waypoint(LedgerRow row, Observation seen, DecisionPolicy policy) {
        var changed = row.seen().changedAt();
        return seen.situation() == MigrationPhase.WAYPOINT
                && seen.copy() == CopyState.SYNCING
                && changed != null
                && !NOW.isBefore(changed.plus(policy.settle()));
    }

    private static boolean late(RowCall call, DecisionPolicy policy) {
        return !NOW.isBefore(call.at().plus(policy.grace()));
    }

    private static boolean missing(MigrationPhase situation) {
        return situation == MigrationPhase.NO_SOURCE || situation == MigrationPhase.NO_TASK;
    }

    private static boolean sends(Decision decision) {
        return decision instanceof Decision.Start
                || decision instanceof Decision.Launch
                || decision instanceof Decision.Prepare;
    }

    private static String kind(Decision decision) {
        return decision instanceof Decision.Close close
                ? "Close " + close.outcome()
                : decision.getClass().getSimpleName();
    }

    /** Words are put together only when it fails: there are millions of lines. */
    private static void check(
            boolean holds,
            String otherwise,
            LedgerRow row,
            Observation seen,
            DecisionPolicy policy,
            Decision decision) {
        if (!holds) {
            fail("%s:%n%s%n%s%n%s%n%s", otherwise, decision, row, seen, policy);
        }
    }

    private interface Line {
        void of(LedgerRow row, Observation seen, DecisionPolicy policy);
    }

    private static void each(Line line) {
        for (var seen : observations()) {
            for (var unchanged : UNCHANGED) {
                var since = RowFixtures.unchangedFor(seen, unchanged);
                for (var stage : OPEN) {
                    for (var call : CALLS) {
                        for (int attempts : ATTEMPTS) {
                            for (var next : NEXT) {
                                var row = RowFixtures.row(stage, call, attempts, next.orElse(null), since);
                                POLICIES.forEach(policy -> line.of(row, seen, policy));
                            }
                        }
                    }
                }
            }
        }
    }

    /** Every situation with each word about the agent, and a failed one with each word about its reason. */
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
        all.forEach(seen -> situations.add(seen.situation()));
        assertThat(situations).isEqualTo(EnumSet.allOf(MigrationPhase.class));
        return all;
    }

    private static List<DecisionPolicy> policies() {
        var all = new ArrayList<DecisionPolicy>();
        all.add(RowFixtures.policy(CutoverSettings.When.AUTO, null));
        for (var when : List.of(CutoverSettings.When.SYNCED, CutoverSettings.When.MANUAL)) {
            all.add(RowFixtures.policy(when, null));
            for (var where : List.of("before", "in", "after")) {
                all.add(RowFixtures.policy(when, RowFixtures.window(where)));
            }
        }
        all.add(new DecisionPolicy(
                CutoverSettings.When.SYNCED,
                null,
                0,
                RowFixtures.STALLED,
                Duration.ofHours(6),
                RowFixtures.GRACE,
                RowFixtures.SETTLE));
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
