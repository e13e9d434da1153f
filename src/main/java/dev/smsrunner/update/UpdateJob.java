package dev.smsrunner.update;

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
import dev.smsrunner.preflight.Examiner;
import dev.smsrunner.preflight.SourceMatcher;
import dev.smsrunner.reconcile.Decision;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.DesiredRows;
import dev.smsrunner.reconcile.Observation;
import dev.smsrunner.reconcile.RowTransitions;
import dev.smsrunner.reconcile.SingleCallReconciler;
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

/** The job {@code update}: only what differs is sent, and the task is read back (ShowTask). */
public final class UpdateJob implements SingleCallReconciler.Purpose {

    private final SmsApi sms;
    private final DesiredTasks wanted;
    private final DecisionPolicy policy;
    private final StallPolicy patience;
    private final CallFailurePolicy refusals;
    private final Clock clock;
    private final Map<Integer, ObjectNode> pending = new HashMap<>();
    private final Set<Integer> updated = new HashSet<>();

    /**
     * The job over the rows of a run.
     *
     * @param kept what preflight kept of a row, by its number
     * @param directory where the paths of JSON files begin, for rows of which nothing was kept
     * @param earlier the calls of the run so far
     */
    public UpdateJob(
            SmsApi sms,
            DesiredRows wanted,
            IntFunction<@Nullable String> kept,
            Path directory,
            List<Intent> earlier,
            DecisionPolicy policy,
            CallFailurePolicy refusals,
            Clock clock) {
        this.sms = sms;
        this.wanted = new DesiredTasks(kept, wanted, directory);
        earlier.stream()
                .filter(call ->
                        call.operation() == Operation.EDIT && call.state().executed())
                .forEach(call -> updated.add(call.row()));
        this.policy = policy;
        this.patience = new StallPolicy(policy, "the task was left as it is");
        this.refusals = refusals;
        this.clock = clock;
    }

    /** Looks at the account and examines rows, each with the differences between its task and what is wanted. */
    public static Examiner examiner(SmsApi sms, Path directory) {
        return SourceMatcher.load(sms, found -> UpdatePlan.judge(sms, directory, found));
    }

    /** After its grace, the task itself tells whether a lost call was carried out; if it was not, sending it again does no harm. */
    @Override
    public CallState settlement(LedgerRow row, Observation seen) {
        var call = row.call();
        if (call == null || !call.state().undecided()) {
            return call == null ? CallState.DONE : call.state();
        }
        if (seen.lookedAt().isBefore(call.at().plus(policy.grace()))) {
            return call.state();
        }
        try {
            return shows(row, call.operation()) ? seen(row, call.operation()) : CallState.ABSENT;
        } catch (ApiException ex) {
            return call.state();
        }
    }

    private CallState seen(LedgerRow row, Operation operation) {
        if (operation == Operation.EDIT) {
            updated.add(row.row());
        }
        return CallState.SEEN;
    }

    /** A field that the service does not show tells nothing: sending it again does no harm. */
    private boolean shows(LedgerRow row, Operation operation) {
        var id = Objects.requireNonNull(row.taskId());
        var task = wanted.of(row);
        return operation == Operation.LIMIT_SPEED
                ? task.hasRules(sms.showSpeedLimits(id))
                : task.missingIn(sms.showTaskFields(id)).isEmpty();
    }

    @Override
    public Decision decide(LedgerRow row, Observation seen, Instant now) {
        if (!seen.listed() || seen.taskId() == null || !seen.taskId().equals(row.taskId())) {
            return new Decision.Confirm();
        }
        var call = row.call();
        if (call != null && call.state().undecided()) {
            return patience.look(row, row.stage(), "the answer of the update was lost; looking again", seen, now);
        }
        if (row.nextAt() != null && now.isBefore(row.nextAt())) {
            return new Decision.Look(row.stage(), row.attention());
        }
        return compared(row, seen, wanted.of(row), now);
    }

    private Decision compared(LedgerRow row, Observation seen, DesiredTask task, Instant now) {
        var id = Objects.requireNonNull(row.taskId());
        var shown = sms.showTaskFields(id);
        boolean sent = updated.contains(row.row());
        if (sent && !task.contradictedBy(shown).isEmpty()) {
            return withoutEffect(row, seen, task.contradictedBy(shown), now);
        }
        if (!sent && !task.missingIn(shown).isEmpty()) {
            pending.put(row.row(), task.change(shown, () -> btrfs(row)));
            return new Decision.Send();
        }
        pending.remove(row.row());
        if (task.wantsRules() && !task.hasRules(sms.showSpeedLimits(id))) {
            return executed(row, Operation.LIMIT_SPEED)
                    ? withoutEffect(row, seen, List.of("speed limits by time of day"), now)
                    : new Decision.Send();
        }
        return row.call() == null
                ? new Decision.Close(Outcome.SKIPPED, "nothing to do: the task is so already", null)
                : new Decision.Close(Outcome.DONE, note(task.unseenIn(shown)), null);
    }

    private static @Nullable String note(List<String> unseen) {
        return unseen.isEmpty() ? null : "not shown by the service: " + String.join(", ", unseen);
    }

    /** The target has the btrfs file systems of its source (CreateTask); asked for only where ShowTask has some. */
    private JsonNode btrfs(LedgerRow row) {
        return BtrfsFileSystem.json(
                sms.showSource(Objects.requireNonNull(row.sourceId())).btrfsList());
    }

    private Decision withoutEffect(LedgerRow row, Observation seen, List<String> fields, Instant now) {
        if (seen.lookedAt().isBefore(row.call().at().plus(policy.settle()))) {
            return patience.look(row, row.stage(), null, seen, now);
        }
        var text = "accepted but without effect on %s while the task is %s"
                .formatted(String.join(", ", fields), seen.seen().text());
        return new Decision.Close(
                Outcome.FAILED,
                text,
                new Failure(null, text, "WAIT", "Wait until the task is idle, or pause it, then rerun.", null));
    }

    private static boolean executed(LedgerRow row, Operation operation) {
        return row.call() != null
                && row.call().operation() == operation
                && row.call().state().executed();
    }

    /** The fields first; the rules of the day in a turn of their own. */
    @Override
    public MutatingCall change(LedgerRow row) {
        var id = Objects.requireNonNull(row.taskId());
        var fields = pending.get(row.row());
        if (fields != null) {
            return change(row, Operation.EDIT, id, () -> sms.updateTask(id, fields));
        }
        var rules = Objects.requireNonNull(wanted.of(row).rules());
        return change(row, Operation.LIMIT_SPEED, id, () -> sms.limitSpeed(id, rules));
    }

    private MutatingCall change(LedgerRow row, Operation operation, String id, Runnable call) {
        return new MutatingCall(
                row,
                operation,
                id,
                () -> {
                    call.run();
                    return null;
                },
                this::answered);
    }

    /** What was sent before does not count: it is sent again where the task does not show it. */
    @Override
    public void retried(int row) {
        refusals.forget(row);
        updated.remove(row);
        pending.remove(row);
    }

    private MutatingCall.Consequence answered(LedgerRow row, CallResult answer) {
        if (answer.state() != CallState.DONE) {
            return advised(refusals.meaning(row, answer, clock.instant()));
        }
        if (Objects.requireNonNull(row.call()).operation() == Operation.EDIT) {
            updated.add(row.row());
        }
        return RowTransitions.begun(row, clock.instant());
    }

    /** A refusal of a task under way is about its state: other values in the row would not help. */
    private static MutatingCall.Consequence advised(MutatingCall.Consequence refused) {
        var row = refused.row();
        var failure = row.failure();
        var state = TaskState.of(row.seen().taskState());
        if (row.open()
                || failure == null
                || UpdatePlan.isIdle(state)
                || !failure.errorClass().equals("FIX_AND_RETRY")) {
            return refused;
        }
        var advice = "The task is %s. Wait until it is idle, or pause it (job action, operation stop), then rerun."
                .formatted(row.seen().taskState());
        return new MutatingCall.Consequence(
                row.withFailure(new Failure(failure.code(), failure.text(), "WAIT", advice, failure.requestId())),
                refused.events());
    }
}
