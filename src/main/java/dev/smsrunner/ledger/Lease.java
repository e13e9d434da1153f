package dev.smsrunner.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Lease of a job in the database.
 *
 * @param token token of the latest holder
 * @param host null without a holder
 * @param space machine and process-id space of the holder: a process id is valid only within it
 * @param pid process id of the holder
 * @param processStarted start of that process, which distinguishes it from a later process with the same id; see
 *     {@link LeaseHolder#started}
 * @param since time when the holder took it
 * @param until end of the lease unless renewed
 * @param expired whether it had expired by the clock of the database, or was valid for longer than a lease may be: that
 *     clock was then set back since the renewal, and a live holder renews within 2 seconds
 */
public record Lease(
        String name,
        long token,
        @Nullable String host,
        @Nullable String space,
        long pid,
        @Nullable String processStarted,
        @Nullable Instant since,
        @Nullable Instant until,
        boolean expired) {

    /** Whether the lease has no holder. */
    public boolean isFree() {
        return host == null || expired;
    }
}
