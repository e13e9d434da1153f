package dev.smsrunner.stopdcs;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.dcs.DcsPhase;
import dev.smsrunner.dcs.DcsStatus;
import dev.smsrunner.dcs.DcsTask;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.reconcile.ObservedResource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of one data-migration task.
 *
 * @param status what its status means; {@link DcsStatus#DELETED} also when the service says that it is gone
 * @param shown whether the service shows the task; false when it answers that there is no such task (DCS.4133)
 * @param refusal why the service does not tell of it at all, null when it does
 */
record DcsObservation(
        Instant lookedAt,
        boolean listed,
        boolean shown,
        DcsStatus status,
        ObservedState seen,
        @Nullable ApiException refusal)
        implements ObservedResource {

    static DcsObservation of(DcsTask task, Instant lookedAt) {
        return new DcsObservation(lookedAt, true, true, task.state(), said(task.status()), null);
    }

    /** The list does not show it. */
    static DcsObservation absent(Instant lookedAt) {
        return new DcsObservation(lookedAt, false, false, DcsStatus.UNKNOWN, ObservedState.NOTHING, null);
    }

    /** The service answers that there is no such task: it was deleted, or there never was one. */
    static DcsObservation deleted(Instant lookedAt) {
        return new DcsObservation(lookedAt, true, false, DcsStatus.DELETED, said("DELETED"), null);
    }

    static DcsObservation refused(ApiException refusal, Instant lookedAt) {
        return new DcsObservation(lookedAt, false, false, DcsStatus.UNKNOWN, ObservedState.NOTHING, refusal);
    }

    /** The phase that the status shows. */
    DcsPhase phase() {
        return DcsPhase.of(seen.taskState());
    }

    private static ObservedState said(@Nullable String status) {
        return new ObservedState(status, null, null, null, null, null);
    }
}
