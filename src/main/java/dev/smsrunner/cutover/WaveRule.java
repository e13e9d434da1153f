package dev.smsrunner.cutover;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the job file says of one wave.
 *
 * @param after names of the waves that must have ended before a target of this wave is launched; empty when it waits for none
 * @param start the copies of this wave do not start before; null when they may start at any time
 * @param concurrent how many servers of this wave may be under way at once; null when only the cap of the account counts
 */
public record WaveRule(
        List<String> after,
        @Nullable OffsetDateTime start,
        @Nullable Integer concurrent) {

    /** Nothing is said of the wave. */
    static final WaveRule NONE = new WaveRule(List.of(), null, null);
}
