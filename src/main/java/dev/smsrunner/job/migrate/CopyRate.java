package dev.smsrunner.job.migrate;

import dev.smsrunner.ledger.ObservedState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Progress of one server's copy, as far as this process has observed it.
 *
 * @param bytes copied and total bytes; null when the server does not copy or the service does not show them
 * @param still time since when neither bytes nor subtask have changed; null without bytes
 * @param full time when all bytes were copied; null before
 * @param slow start of a slow copy; null when the copy is not known to be slow
 */
record CopyRate(
        ObservedState.@Nullable Bytes bytes,
        @Nullable Instant still,
        @Nullable Instant full,
        @Nullable SlowCopy slow) {

    /** No data. */
    static final CopyRate NONE = new CopyRate(null, null, null, null);

    /**
     * Copy that has become slow.
     *
     * @param since start of the slow interval
     * @param rate bytes per second when the runner noticed it
     * @param median median rate before, in bytes per second
     */
    record SlowCopy(Instant since, double rate, double median) {}
}
