package dev.smsrunner.job.stopdcs;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.dcs.DcsPhase;
import dev.smsrunner.dcs.DcsStatus;
import dev.smsrunner.dcs.DcsTask;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.ledger.ObservedStateBuilder;
import dev.smsrunner.reconcile.ObservedResource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Observation of one data-migration task.
 *
 * @param status meaning of its status; {@link DcsStatus#DELETED} also when the service reports it as gone
 * @param shown whether the service shows the task; false for the answer that there is no such task (DCS.4133)
 * @param refusal error of the query, null when it succeeded
 */
record DcsObservation(
        Instant observedAt,
        boolean listed,
        boolean shown,
        DcsStatus status,
        ObservedState states,
        @Nullable ApiException refusal)
        implements ObservedResource {

    static DcsObservation of(DcsTask task, Instant observedAt) {
        return new DcsObservation(observedAt, true, true, task.state(), statesOf(task.status()), null);
    }

    /** Task that the list does not show. */
    static DcsObservation absent(Instant observedAt) {
        return new DcsObservation(observedAt, false, false, DcsStatus.UNKNOWN, ObservedState.NOTHING, null);
    }

    /** Task that does not exist according to the service: deleted, or never created. */
    static DcsObservation deleted(Instant observedAt) {
        return new DcsObservation(observedAt, true, false, DcsStatus.DELETED, statesOf("DELETED"), null);
    }

    static DcsObservation refused(ApiException refusal, Instant observedAt) {
        return new DcsObservation(observedAt, false, false, DcsStatus.UNKNOWN, ObservedState.NOTHING, refusal);
    }

    /** Phase that the status shows. */
    DcsPhase phase() {
        return DcsPhase.of(states.taskState());
    }

    private static ObservedState statesOf(@Nullable String status) {
        return ObservedStateBuilder.builder().taskState(status).build();
    }
}
