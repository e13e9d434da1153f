package dev.smsrunner.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** How a report writes instants: ISO-8601, UTC. */
final class Texts {

    private Texts() {}

    /** To the second, for rows. */
    static @Nullable String seconds(@Nullable Instant at) {
        return at == null ? null : at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** To the millisecond, for what has to be put in order. */
    static @Nullable String millis(@Nullable Instant at) {
        return at == null ? null : at.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
