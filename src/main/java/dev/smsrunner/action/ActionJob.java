package dev.smsrunner.action;

import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.intent.CallResult;
import dev.smsrunner.intent.MutatingCall;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Event;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.preflight.Examiner;
import dev.smsrunner.preflight.Finding;
import dev.smsrunner.preflight.SourceMatcher;
import dev.smsrunner.reconcile.Decision;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.DesiredRows;
import dev.smsrunner.reconcile.Observation;
import dev.smsrunner.reconcile.RowTransitions;
import dev.smsrunner.reconcile.SingleCallReconciler;
import dev.smsrunner.sms.SmsApi;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The job {@code action}: what it sees in a row, what it decides, what it sends. */
public final class ActionJob implements SingleCallReconciler.Purpose {

    private final SmsApi sms;
    private final DesiredRows wanted;
    private final ActionDecision decision;
    private final CallFailurePolicy refusals;
    private final Clock clock;
    private final PhaseChanges movements;
    private final IntFunction<@Nullable String> kept;
    private final Map<Integer, PriorResult> before = new HashMap<>();
    private final Map<Integer, Instant> lookedAt = new HashMap<>();

    /**
     * The job over the rows of a run.
     *
     * @param earlier the events of the run so far, empty when no call was made yet
     * @param kept what {@link #kept} gave for a row, by its number
     */
    public ActionJob(
            SmsApi sms,
            DesiredRows wanted,
            DecisionPolicy policy,
            CallFailurePolicy refusals,
            List<Event> earlier,
            IntFunction<@Nullable String> kept,
            Clock clock) {
        this.movements = new PhaseChanges(earlier);
        this.kept = kept;
        this.sms = sms;
        this.wanted = wanted;
        this.decision = new ActionDecision(policy);
        this.refusals = refusals;
        this.clock = clock;
    }

    /** Looks at the account and examines rows by the same table that the drive decides by. */
    public static Examiner examiner(SmsApi sms, Clock clock) {
        return SourceMatcher.load(sms, found -> judge(found, clock.instant()));
    }

    private static SourceMatcher.Assessment judge(SourceMatcher.Candidate found, Instant now) {
        var action = Action.of(found.row());
        var rule = action.rule();
        var seen = Observation.of(found.source(), now);
        var point = ActionPhase.of(seen);
        var findings = new ArrayList<Finding>();
        if (!ActionRule.knows(action.operation())) {
            findings.add(Finding.warning(
                    "The operation %s is not known to this version: it is sent as the job file allows, and counts as done when"
                            + " it is accepted.",
                    action.operation()));
        }
        if (found.taskId() == null) {
            findings.add(Finding.nothingToDo("not applicable: the source has no migration task."));
        } else if (Set.of(ActionRule.Before.REACHED, ActionRule.Before.NOT_APPLICABLE)
                        .contains(rule.before(point))
                && point != ActionPhase.NO_TASK) {
            findings.add(Finding.nothingToDo("%s.", ActionDecision.notSent(rule, point, seen)));
        } else if (Boolean.FALSE.equals(found.source().connected())) {
            findings.add(Finding.error(
                    "The agent of source %s is disconnected (SMS.6603). Start the agent on the server, then rerun.",
                    found.source().id()));
        }
        return new SourceMatcher.Assessment(
                findings,
                "send %s to task %s (%s)"
                        .formatted(
                                action.operation(), found.taskId(), seen.seen().text()),
                null);
    }

    @Override
    public CallState settlement(LedgerRow row, Observation seen) {
        movements.look(row, seen);
        return decision.settlement(rule(row), row, seen);
    }

    @Override
    public Decision decide(LedgerRow row, Observation seen, Instant now) {
        var decided = decision.decide(rule(row), row, seen, movements.sinceCall(row), now);
        if (!ActionResults.concern(rule(row))) {
            return decided;
        }
        if (decided instanceof Decision.Send) {
            lookBefore(row, now);
        }
        return wasSent(row) ? result(row, seen, decided, now) : decided;
    }

    /** A result that the task shows before the call is none of the call. A row that must wait is looked at again after a minute. */
    private void lookBefore(LedgerRow row, Instant now) {
        var last = lookedAt.get(row.row());
        if (last == null || now.isAfter(last.plus(Duration.ofMinutes(1)))) {
            before.put(row.row(), PriorResult.of(sms.showTask(Objects.requireNonNull(row.taskId()))));
            lookedAt.put(row.row(), now);
        }
    }

    @Override
    public @Nullable String kept(LedgerRow row) {
        var result = before.get(row.row());
        return result == null ? null : result.toJson();
    }

    private static boolean wasSent(LedgerRow row) {
        return row.call() != null && row.call().state().executed();
    }

    /** What the task tells when the states say that the operation is over; while they show no progress, only that it failed. */
    private Decision result(LedgerRow row, Observation seen, Decision decided, Instant now) {
        boolean over = decided instanceof Decision.Close close && close.outcome() == Outcome.DONE;
        boolean stuck = decided instanceof Decision.Look look && look.attention() != null;
        boolean moved = movements.sinceCall(row);
        boolean unmoved = ActionDecision.isUnmoved(rule(row), seen, moved);
        if (!over && !stuck && !unmoved) {
            return decided;
        }
        if (decision.isFresh(row, seen)) {
            return new Decision.Look(row.stage(), null);
        }
        var shown = sms.showTask(Objects.requireNonNull(row.taskId()));
        var earlier = before.computeIfAbsent(row.row(), number -> PriorResult.fromJson(kept.apply(number)));
        var told = ActionResults.judge(rule(row), row, shown, earlier, moved, now);
        boolean failed = told instanceof Decision.Close close && close.outcome() == Outcome.FAILED;
        return over || failed || unmoved ? told : decided;
    }

    @Override
    public boolean takesPlace(LedgerRow row) {
        return rule(row).takesPlace();
    }

    @Override
    public MutatingCall change(LedgerRow row) {
        var task = Objects.requireNonNull(row.taskId());
        var action = Action.of(wanted.of(row));
        movements.sent(row);
        lookedAt.remove(row.row());
        return new MutatingCall(
                row,
                Operation.ACTION,
                task,
                () -> {
                    sms.act(task, action.body());
                    return null;
                },
                this::answered);
    }

    @Override
    public void retried(int row) {
        refusals.forget(row);
    }

    private MutatingCall.Consequence answered(LedgerRow row, CallResult answer) {
        return answer.state() == CallState.DONE
                ? RowTransitions.begun(row, clock.instant())
                : refusals.meaning(row, answer, clock.instant());
    }

    private ActionRule rule(LedgerRow row) {
        return Action.of(wanted.of(row)).rule();
    }
}
