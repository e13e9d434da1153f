package dev.smsrunner.report;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Text formats of reports: instants (ISO-8601, UTC), durations and counts. */
public final class ReportFormats {

    private ReportFormats() {}

    /** Formats an instant to the second, for rows. */
    static @Nullable String seconds(@Nullable Instant at) {
        return at == null ? null : at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Formats an instant to the millisecond, for values that are sorted. */
    static @Nullable String millis(@Nullable Instant at) {
        return at == null ? null : at.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** Readable instant to the second: {@code 2026-11-21 22:01:40}, UTC. */
    static String plain(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", "");
    }

    /** Duration in at most two units: {@code 45s}, {@code 12m30s}, {@code 3h12m}, {@code 2d03h}. */
    static String span(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3_600) {
            return "%dm%02ds".formatted(seconds / 60, seconds % 60);
        }
        return seconds < 86_400
                ? "%dh%02dm".formatted(seconds / 3_600, seconds / 60 % 60)
                : "%dd%02dh".formatted(seconds / 86_400, seconds / 3_600 % 24);
    }

    /** Duration without a zero second unit: {@code 20m}, {@code 1h}. */
    static String brief(Duration time) {
        return span(time).replaceAll("(?<=\\D)00[smh]$", "");
    }

    /** Brief duration with blanks: {@code 28 s}, {@code 3 h 12 m}. */
    public static String spacedSpan(Duration time) {
        return brief(time).replaceAll("0?(\\d+)([smhd])", " $1 $2").strip();
    }
}
