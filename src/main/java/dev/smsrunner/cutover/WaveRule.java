package dev.smsrunner.cutover;

import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Settings of one wave.
 *
 * @param after names of the waves that must have ended before a target of this wave is launched; may be empty
 * @param start earliest start of the copies of this wave; null = any time
 * @param concurrent maximum number of servers of this wave under way at once; null = only the cap of the account
 */
public record WaveRule(
        List<String> after,
        @Nullable OffsetDateTime start,
        @Nullable Integer concurrent) {

    /** Rule of a wave without settings. */
    static final WaveRule NONE = new WaveRule(List.of(), null, null);
}
