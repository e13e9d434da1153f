package dev.smsrunner.job.delete;

import dev.smsrunner.job.delete.DeleteObservation.Existence;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.reconcile.Decision;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.StallPolicy;
import dev.smsrunner.sms.CopyState;
import dev.smsrunner.sms.TaskState;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Decides for one row of the job {@code delete}; pure. The task goes first, then the source. */
final class DeleteDecision {

    private final DecisionPolicy policy;
    private final boolean deletesSources;
    private final StallPolicy stallPolicy;

    /** @param deletesSources whether the source of a row is deleted after its task */
    DeleteDecision(DecisionPolicy policy, boolean deletesSources) {
        this.policy = policy;
        this.deletesSources = deletesSources;
        this.stallPolicy = new StallPolicy(policy, "nothing more is deleted for this row");
    }

    /** Operation that the row needs next. */
    static Operation next(DeleteObservation observed) {
        return observed.task() == Existence.GONE ? Operation.DELETE_SOURCE : Operation.DELETE_TASK;
    }

    /**
     * State of the row's latest call; a lost answer is resolved from the observation.
     *
     * @param answered whether the service has answered the call without stating what it did: the grace is not needed
     */
    CallState callState(LedgerRow row, DeleteObservation observed, boolean answered) {
        var call = row.call();
        if (call == null) {
            return CallState.DONE;
        }
        boolean ofTask = call.operation() == Operation.DELETE_TASK;
        var existence = ofTask ? observed.task() : observed.source();
        if (!call.state().isUndecided() || existence == Existence.UNCONFIRMED) {
            return call.state();
        }
        if (existence == Existence.GONE || isDeleting(observed, ofTask)) {
            return CallState.SEEN;
        }
        boolean unknown =
                ofTask ? observed.taskState() == TaskState.UNKNOWN : observed.copyState() == CopyState.UNKNOWN;
        boolean resolvable = answered ? !observed.observedAt().isBefore(call.at()) : policy.isGraceOver(call, observed);
        return unknown || !resolvable ? call.state() : CallState.ABSENT;
    }

    private static boolean isDeleting(DeleteObservation observed, boolean ofTask) {
        return ofTask ? observed.taskState() == TaskState.DELETING : observed.copyState() == CopyState.DELETING;
    }

    Decision decide(LedgerRow row, DeleteObservation observed, Instant now) {
        if (row.hasUndecidedCall()) {
            return stallPolicy.waitOrGiveUp(
                    row, observed, "the answer of the deletion was lost; checking whether it was executed", now);
        }
        return switch (observed.task()) {
            case UNCONFIRMED ->
                stallPolicy.waitOrGiveUp(row, observed, "the service does not show whether its task exists", now);
            case PRESENT -> decideTask(row, observed, now);
            case GONE -> deletesSources ? decideSource(row, observed, now) : finish(row, observed);
        };
    }

    private Decision decideTask(LedgerRow row, DeleteObservation observed, Instant now) {
        var task = String.valueOf(row.taskId());
        if (row.hasExecuted(Operation.DELETE_TASK)) {
            return afterCall(row, observed, true, "the task " + task, now);
        }
        if (observed.taskState() == TaskState.DELETING) {
            return stallPolicy.waitOrGiveUp(row, observed, null, now);
        }
        if (observed.source() == Existence.UNCONFIRMED) {
            return stallPolicy.waitOrGiveUp(row, observed, unconfirmedSource(row), now);
        }
        var obstacle = DeletionRule.ofTask(task, observed.states(), observed.source() == Existence.PRESENT);
        return obstacle.map(DeletionRule.Obstacle::migrating).orElse(false)
                ? finishMigrating(obstacle.get().text())
                : beforeCall(row, observed, obstacle, now);
    }

    private Decision decideSource(LedgerRow row, DeleteObservation observed, Instant now) {
        var source = String.valueOf(row.sourceId());
        if (observed.source() == Existence.UNCONFIRMED) {
            return stallPolicy.waitOrGiveUp(row, observed, unconfirmedSource(row), now);
        }
        if (observed.source() == Existence.GONE) {
            return finish(row, observed);
        }
        if (row.hasExecuted(Operation.DELETE_SOURCE)) {
            return afterCall(row, observed, false, "the source " + source, now);
        }
        if (observed.otherTaskId() != null) {
            return fail(
                    "the source %s has the task %s, which is not the task of the row; the source was not deleted"
                            .formatted(source, observed.otherTaskId()),
                    "Check that task in the console. Delete it by a row that names it in task_id and confirm.");
        }
        return observed.copyState() == CopyState.DELETING
                ? stallPolicy.waitOrGiveUp(row, observed, null, now)
                : beforeCall(row, observed, DeletionRule.ofSource(observed.states()), now);
    }

    private static String unconfirmedSource(LedgerRow row) {
        return "the service does not show whether the source %s exists".formatted(row.sourceId());
    }

    private Decision beforeCall(
            LedgerRow row, DeleteObservation observed, Optional<DeletionRule.Obstacle> obstacle, Instant now) {
        if (obstacle.isPresent()) {
            return stallPolicy.waitOrGiveUp(row, observed, obstacle.get().text(), now);
        }
        return row.isPostponed(now) ? new Decision.Wait(row.stage(), row.attention()) : new Decision.Send();
    }

    /** An accepted deletion is not repeated: the service may need any time for it. */
    private Decision afterCall(LedgerRow row, DeleteObservation observed, boolean ofTask, String what, Instant now) {
        var visibleBy = Objects.requireNonNull(row.call()).at().plus(policy.settle());
        boolean expected = isDeleting(observed, ofTask) || observed.observedAt().isBefore(visibleBy);
        var attention = expected
                ? null
                : "the deletion was accepted without effect: %s still exists (%s)"
                        .formatted(what, observed.states().text());
        return stallPolicy.waitOrGiveUp(row, observed, attention, now);
    }

    /**
     * Ends a row whose task, and source where requested, no longer exist. A row under way had an executed deletion, which a later
     * call may hide.
     */
    private Decision finish(LedgerRow row, DeleteObservation observed) {
        boolean deletedEarlier =
                row.hasExecuted(Operation.DELETE_TASK) || row.stage().isUnderWay();
        boolean sourceDeleted = row.hasExecuted(Operation.DELETE_SOURCE);
        var removedSource = "the source server %s was removed by another user".formatted(row.sourceId());
        if (sourceDeleted || deletedEarlier) {
            boolean removed = deletesSources && !sourceDeleted && observed.source() == Existence.GONE;
            return new Decision.Finish(Outcome.DONE, removed ? "the task was deleted; " + removedSource : null, null);
        }
        var reason = observed.source() == Existence.GONE || row.taskId() == null
                ? removedSource
                : "the task %s was removed by another user".formatted(row.taskId());
        return new Decision.Finish(Outcome.SKIPPED, "nothing to do: " + reason, null);
    }

    private static Decision finishMigrating(String text) {
        return fail(
                text + ", although it was not before; it was not deleted",
                "Find out who started it. Stop it and wait until it is stopped, then rerun.");
    }

    private static Decision fail(String text, String action) {
        return Decision.Finish.failed(Failure.of(text, "OPERATOR", action));
    }
}
