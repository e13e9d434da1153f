package dev.smsrunner.stopdcs;

import dev.smsrunner.dcs.DcsStatus;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.reconcile.Decision;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.StallPolicy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decides for one row of the job {@code stop-dcs}; pure. */
final class StopDecision {

    private final DecisionPolicy policy;
    private final boolean stopsFull;
    private final StallPolicy patience;

    /** @param stopsFull whether a task that is still in full migration may be stopped */
    StopDecision(DecisionPolicy policy, boolean stopsFull) {
        this.policy = policy;
        this.stopsFull = stopsFull;
        this.patience = new StallPolicy(policy, "the task was left as it is");
    }

    /** What the look tells of a call whose answer was lost. */
    CallState settlement(LedgerRow row, DcsObservation seen) {
        var call = row.call();
        if (call == null) {
            return CallState.DONE;
        }
        if (!call.state().undecided() || !seen.listed() || seen.status() == DcsStatus.UNKNOWN) {
            return call.state();
        }
        if (seen.status() != DcsStatus.RUNNING) {
            return CallState.SEEN;
        }
        boolean patient = !seen.lookedAt().isBefore(call.at().plus(policy.grace()));
        return patient ? CallState.ABSENT : call.state();
    }

    Decision decide(LedgerRow row, DcsObservation seen, Instant now) {
        if (seen.refusal() != null) {
            var failure = StopRefusal.failure(seen.refusal());
            return new Decision.Close(Outcome.FAILED, failure.text(), failure);
        }
        if (!seen.listed()) {
            return new Decision.Confirm();
        }
        var call = row.call();
        if (call != null && call.state().undecided()) {
            return look(row, seen, "the answer of the stop was lost; looking whether it was carried out", now);
        }
        return call != null && call.state().executed() ? after(row, seen, now) : before(row, seen, now);
    }

    private Decision before(LedgerRow row, DcsObservation seen, Instant now) {
        return switch (seen.status()) {
            case RUNNING -> running(row, seen, now);
            case STOPPING -> look(row, seen, null, now);
            case UNKNOWN -> look(row, seen, unknown(seen), now);
            case DELETED -> deleted(row, seen);
            case STOPPED, ENDED, FAILED -> new Decision.Close(Outcome.SKIPPED, nothingToStop(seen), null);
        };
    }

    private Decision running(LedgerRow row, DcsObservation seen, Instant now) {
        if (row.nextAt() != null && now.isBefore(row.nextAt())) {
            return new Decision.Look(row.stage(), row.attention());
        }
        var full = FullMigrationCheck.shown(String.valueOf(row.taskId()), seen);
        return full.isPresent() && !stopsFull ? inFull(full.get()) : new Decision.Send();
    }

    /** Only a task that was seen before can have been deleted. */
    private static Decision deleted(LedgerRow row, DcsObservation seen) {
        if (seen.shown() || row.seen().taskState() != null) {
            return new Decision.Close(Outcome.SKIPPED, nothingToStop(seen), null);
        }
        var text = neverSeen(String.valueOf(row.taskId()));
        return new Decision.Close(
                Outcome.REJECTED, text, new Failure("DCS.4133", text, "FIX_AND_RETRY", "Correct task_id.", null));
    }

    /** The row of a task in full migration, which the job file does not allow to be stopped. */
    static Decision.Close inFull(String found) {
        return new Decision.Close(Outcome.REJECTED, found, FullMigrationCheck.failure(found));
    }

    /** Why a task that the service never showed is not stopped: DCS answers the same for a deleted task. */
    static String neverSeen(String taskId) {
        return "DCS has no data-migration task %s (DCS.4133). Correct task_id and the project; remove the row if the task was deleted."
                .formatted(taskId);
    }

    /** Why a task that does not run is not stopped. */
    static String nothingToStop(DcsObservation seen) {
        return switch (seen.status()) {
            case STOPPED -> "nothing to do: it is stopped already (%s)".formatted(word(seen));
            case DELETED -> "nothing to do: the task was deleted";
            default -> "not applicable: it had ended %s before it was stopped".formatted(word(seen));
        };
    }

    private Decision after(LedgerRow row, DcsObservation seen, Instant now) {
        return switch (seen.status()) {
            case STOPPED -> new Decision.Close(Outcome.DONE, null, null);
            case ENDED ->
                new Decision.Close(
                        Outcome.SKIPPED, "it ended %s before the stop took effect".formatted(word(seen)), null);
            case DELETED ->
                new Decision.Close(Outcome.SKIPPED, "the task was deleted before the stop took effect", null);
            case FAILED -> failed(seen);
            case UNKNOWN -> look(row, seen, unknown(seen), now);
            case RUNNING, STOPPING -> look(row, seen, null, now);
        };
    }

    private static Decision failed(DcsObservation seen) {
        var text = "it ended %s instead of being stopped".formatted(word(seen));
        return new Decision.Close(
                Outcome.FAILED,
                text,
                new Failure(null, text, "OPERATOR", "Look at the task in the console of DCS.", null));
    }

    private Decision look(LedgerRow row, DcsObservation seen, @Nullable String attention, Instant now) {
        return patience.look(row, row.stage(), attention, seen, now);
    }

    private static String unknown(DcsObservation seen) {
        return "status not known to this version: " + word(seen);
    }

    private static String word(DcsObservation seen) {
        return String.valueOf(seen.seen().taskState());
    }
}
