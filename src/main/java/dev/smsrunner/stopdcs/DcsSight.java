package dev.smsrunner.stopdcs;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.dcs.DcsPhase;
import dev.smsrunner.dcs.DcsStatus;
import dev.smsrunner.dcs.DcsTask;
import dev.smsrunner.drive.Sight;
import dev.smsrunner.ledger.Seen;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of one data-migration task.
 *
 * @param status what its status means; {@link DcsStatus#DELETED} also when the service says that it is gone
 * @param shown whether the service shows the task; false when it answers that there is no such task (DCS.4133)
 * @param refusal why the service does not tell of it at all, null when it does
 */
record DcsSight(
        Instant lookedAt,
        boolean listed,
        boolean shown,
        DcsStatus status,
        Seen seen,
        @Nullable ApiException refusal) implements Sight {

    static DcsSight of(DcsTask task, Instant lookedAt) {
        return new DcsSight(lookedAt, true, true, task.state(), said(task.status()), null);
    }

    /** The list does not show it. */
    static DcsSight absent(Instant lookedAt) {
        return new DcsSight(lookedAt, false, false, DcsStatus.UNKNOWN, Seen.NOTHING, null);
    }

    /** The service answers that there is no such task: it was deleted, or there never was one. */
    static DcsSight deleted(Instant lookedAt) {
        return new DcsSight(lookedAt, true, false, DcsStatus.DELETED, said("DELETED"), null);
    }

    static DcsSight refused(ApiException refusal, Instant lookedAt) {
        return new DcsSight(lookedAt, false, false, DcsStatus.UNKNOWN, Seen.NOTHING, refusal);
    }

    /** The phase that the status shows. */
    DcsPhase phase() {
        return DcsPhase.of(seen.taskState());
    }

    private static Seen said(@Nullable String status) {
        return new Seen(status, null, null, null, null, null);
    }
}
