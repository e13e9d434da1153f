package dev.smsrunner.reconcile;

import dev.smsrunner.ledger.ObservedState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the copy of one server gets on, as far as the looks of this process show.
 *
 * @param bytes of the copy; null when the server does not copy or the service does not tell them
 * @param still since when neither the bytes nor the subtask have changed; null without bytes
 * @param full since when all bytes are copied; null before that
 * @param slow since when the copy is slow; null when it is not, or not yet known to be
 */
record CopyRate(
        ObservedState.@Nullable Bytes bytes,
        @Nullable Instant still,
        @Nullable Instant full,
        @Nullable Slow slow) {

    /** Nothing is known. */
    static final CopyRate NONE = new CopyRate(null, null, null, null);

    /**
     * A copy that has become slow.
     *
     * @param since when that began
     * @param rate bytes per second, when it was noticed
     * @param median of the bytes per second before
     */
    record Slow(Instant since, double rate, double median) {}
}
