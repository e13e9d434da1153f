package dev.smsrunner.job.update;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.intent.CallResult;
import dev.smsrunner.intent.MutatingCall;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.Intent;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.reconcile.Decision;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.DesiredRows;
import dev.smsrunner.reconcile.Observation;
import dev.smsrunner.reconcile.RowReconciler;
import dev.smsrunner.reconcile.StallPolicy;
import dev.smsrunner.sms.BtrfsFileSystem;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.TaskState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Decisions and calls of the job {@code update}: sends only the differing fields, and reads the task back (ShowTask). */
final class UpdateReconciler extends RowReconciler {

    private final SmsApi sms;
    private final DesiredTasks desiredTasks;
    private final DecisionPolicy policy;
    private final StallPolicy stallPolicy;
    private final Map<Integer, ObjectNode> pendingFields = new HashMap<>();
    private final Set<Integer> updatedRows = new HashSet<>();

    /**
     * Reconciler of the rows of a run.
     *
     * @param keptTexts stored text of a row by its number, from preflight
     * @param directory base directory of the paths of JSON files, for rows without a stored text
     * @param earlier calls of the run so far
     */
    UpdateReconciler(
            SmsApi sms,
            DesiredRows desired,
            IntFunction<@Nullable String> keptTexts,
            Path directory,
            List<Intent> earlier,
            DecisionPolicy policy,
            CallFailurePolicy failurePolicy,
            Clock clock) {
        super(failurePolicy, clock);
        this.sms = sms;
        this.desiredTasks = new DesiredTasks(keptTexts, desired, directory);
        earlier.stream()
                .filter(call ->
                        call.operation() == Operation.EDIT && call.state().isExecuted())
                .forEach(call -> updatedRows.add(call.row()));
        this.policy = policy;
        this.stallPolicy = new StallPolicy(policy, "the task was left as it is");
    }

    /** Resolves a lost call from the task itself, after the grace of the call. A repeated update does no harm. */
    @Override
    public CallState callState(LedgerRow row, Observation observed) {
        var call = row.call();
        if (call == null || !call.state().isUndecided()) {
            return call == null ? CallState.DONE : call.state();
        }
        if (!policy.isGraceOver(call, observed)) {
            return call.state();
        }
        try {
            return isShown(row, call.operation()) ? recordExecuted(row, call.operation()) : CallState.ABSENT;
        } catch (ApiException ex) {
            return call.state();
        }
    }

    private CallState recordExecuted(LedgerRow row, Operation operation) {
        if (operation == Operation.EDIT) {
            updatedRows.add(row.row());
        }
        return CallState.SEEN;
    }

    /** A field that the service does not show proves nothing; the runner sends it again, which does no harm. */
    private boolean isShown(LedgerRow row, Operation operation) {
        var id = Objects.requireNonNull(row.taskId());
        var task = desiredTasks.of(row);
        return operation == Operation.LIMIT_SPEED
                ? task.hasRules(sms.showSpeedLimits(id))
                : task.fieldsToSend(sms.showTaskFields(id)).isEmpty();
    }

    @Override
    public Decision decide(LedgerRow row, Observation observed, Instant now) {
        if (!observed.listed()
                || observed.taskId() == null
                || !observed.taskId().equals(row.taskId())) {
            return new Decision.Confirm();
        }
        if (row.hasUndecidedCall()) {
            return stallPolicy.waitOrGiveUp(
                    row, observed, "the answer of the update was lost; checking whether it was executed", now);
        }
        if (row.isPostponed(now)) {
            return new Decision.Wait(row.stage(), row.attention());
        }
        return decideByComparison(row, observed, desiredTasks.of(row), now);
    }

    private Decision decideByComparison(LedgerRow row, Observation observed, DesiredTask task, Instant now) {
        var id = Objects.requireNonNull(row.taskId());
        var shown = sms.showTaskFields(id);
        boolean sent = updatedRows.contains(row.row());
        if (sent && !task.differingFields(shown).isEmpty()) {
            return finishWithoutEffect(row, observed, task.differingFields(shown), now);
        }
        if (!sent && !task.fieldsToSend(shown).isEmpty()) {
            pendingFields.put(row.row(), task.updateBody(shown, () -> btrfs(row)));
            return new Decision.Send();
        }
        pendingFields.remove(row.row());
        if (task.wantsRules() && !task.hasRules(sms.showSpeedLimits(id))) {
            return row.hasExecuted(Operation.LIMIT_SPEED)
                    ? finishWithoutEffect(row, observed, List.of("speed limits by time of day"), now)
                    : new Decision.Send();
        }
        return row.call() == null
                ? new Decision.Finish(Outcome.SKIPPED, "nothing to do: the task already has these values", null)
                : new Decision.Finish(Outcome.DONE, note(task.hiddenFields(shown)), null);
    }

    private static @Nullable String note(List<String> hidden) {
        return hidden.isEmpty() ? null : "not shown by the service: " + String.join(", ", hidden);
    }

    /**
     * Btrfs file systems of the target, which are those in its source (CreateTask); queried only where ShowTask has some.
     */
    private JsonNode btrfs(LedgerRow row) {
        return BtrfsFileSystem.json(
                sms.showSource(Objects.requireNonNull(row.sourceId())).btrfsList());
    }

    private Decision finishWithoutEffect(LedgerRow row, Observation observed, List<String> fields, Instant now) {
        if (isCallRecent(row, observed)) {
            return stallPolicy.waitOrGiveUp(row, observed, null, now);
        }
        var text = "accepted but without effect on %s while the task is %s"
                .formatted(String.join(", ", fields), observed.states().text());
        return Decision.Finish.failed(
                Failure.of(text, "WAIT", "Wait until the task is idle, or pause it, then rerun."));
    }

    private boolean isCallRecent(LedgerRow row, Observation observed) {
        var call = row.call();
        return call != null && observed.observedAt().isBefore(call.at().plus(policy.settle()));
    }

    /** Fields first; speed limits by time of day in a later pass. */
    @Override
    public MutatingCall call(LedgerRow row) {
        var id = Objects.requireNonNull(row.taskId());
        var fields = pendingFields.get(row.row());
        if (fields != null) {
            return call(row, Operation.EDIT, id, deadline -> sms.until(deadline).updateTask(id, fields));
        }
        var rules = Objects.requireNonNull(desiredTasks.of(row).rules());
        return call(
                row, Operation.LIMIT_SPEED, id, deadline -> sms.until(deadline).limitSpeed(id, rules));
    }

    /** Forgets earlier updates: the runner sends again where the task differs. */
    @Override
    public void onRetry(int row) {
        updatedRows.remove(row);
        pendingFields.remove(row);
    }

    @Override
    protected MutatingCall.RowEffect effectOf(LedgerRow row, CallResult answer) {
        var effect = super.effectOf(row, answer);
        if (answer.state() != CallState.DONE) {
            return withAdvice(effect);
        }
        if (Objects.requireNonNull(row.call()).operation() == Operation.EDIT) {
            updatedRows.add(row.row());
        }
        return effect;
    }

    /** A refusal for a task under way concerns its state, not the values of the row. */
    private static MutatingCall.RowEffect withAdvice(MutatingCall.RowEffect effect) {
        var row = effect.row();
        var failure = row.failure();
        var state = TaskState.of(row.observed().taskState());
        if (row.isOpen()
                || failure == null
                || UpdatePlan.isIdle(state)
                || !failure.errorClass().equals("FIX_AND_RETRY")) {
            return effect;
        }
        var advice = "The task is %s. Wait until it is idle, or pause it (job action, operation stop), then rerun."
                .formatted(row.observed().taskState());
        return new MutatingCall.RowEffect(
                row.withFailure(new Failure(failure.code(), failure.text(), "WAIT", advice, failure.requestId())),
                effect.events());
    }
}
