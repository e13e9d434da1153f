package dev.smsrunner.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The lease on a job as the database has it.
 *
 * @param token of the latest holder
 * @param host null when nobody holds it
 * @param space machine and process-id space of the holder: a process id says something only within it
 * @param pid process id of the holder
 * @param processStarted start of that process, which tells it from a later one with the same id; see {@link LeaseHolder#started}
 * @param since when the holder took it
 * @param until until when it holds, unless renewed
 * @param expired whether it had run out by the clock of the database, or held for longer than a lease may: then that clock was
 *     set back since it was renewed, and a living holder renews it within 2 seconds
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

    /** Whether nobody has it. */
    public boolean isFree() {
        return host == null || expired;
    }
}
