package dev.smsrunner.job.delete;

import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.reconcile.ObservedResource;
import dev.smsrunner.sms.CopyState;
import dev.smsrunner.sms.TaskState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Observation of the task and the source of one row.
 *
 * @param observedAt start of the observation
 * @param task existence of the task; gone for a row without a task
 * @param source existence of the source
 * @param otherTaskId another task that the source or the list of tasks shows, null when there is none
 * @param states states as the service shows them; the task state belongs to the row's task
 */
record DeleteObservation(
        Instant observedAt,
        Existence task,
        Existence source,
        @Nullable String otherTaskId,
        ObservedState states) implements ObservedResource {

    /** Existence of a task or a source according to the service. */
    enum Existence {
        PRESENT,
        /** Missing in a complete list, or reported as unknown by a query (SMS.7703, SMS.7602). */
        GONE,
        /** Missing in an incomplete list, and the query for it failed. */
        UNCONFIRMED
    }

    @Override
    public boolean listed() {
        return task == Existence.PRESENT || source == Existence.PRESENT;
    }

    TaskState taskState() {
        return TaskState.of(states.taskState());
    }

    CopyState copyState() {
        return CopyState.of(states.copyState());
    }
}
