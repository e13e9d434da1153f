package dev.smsrunner.jobfile;

import dev.smsrunner.support.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Settings for the launch of targets.
 *
 * @param when launch mode
 * @param window cutover window; null = any time; never together with {@link LaunchMode#AUTO}
 * @param onDifference handling of a server whose files differ from its source
 */
public record CutoverSettings(LaunchMode when, @Nullable Window window, OnDifference onDifference) {

    /** Settings that launch a server with different files, with a warning. */
    public CutoverSettings(LaunchMode when, @Nullable Window window) {
        this(when, window, OnDifference.WARN);
    }

    /** Whether the runner or an operator launches the target by a call. SMS must keep the copy in sync until then. */
    public boolean isLaunchedByCall() {
        return when != LaunchMode.AUTO || window != null;
    }

    /** Handling of a difference between source and target, for rows with {@code verify_consistency}. */
    public enum OnDifference {
        /** The runner launches the server and reports it under needs attention. */
        WARN,
        /** The runner does not launch the server. A server that is already launched ends as FAILED. */
        HOLD
    }

    /** Launch modes. */
    public enum LaunchMode {
        /** SMS launches the target at the end of the copy. */
        AUTO,
        /** The runner launches the target as soon as the server is in continuous synchronisation. */
        SYNCED,
        /** An operator launches the target. The runner brings the servers to continuous synchronisation. */
        MANUAL
    }

    /**
     * Time window for launches.
     *
     * @param open first instant
     * @param close instant by which all launches are finished
     * @param lockout time before the close without launches
     * @param zone zone or offset of the times in the job file, used for display
     */
    public record Window(Instant open, Instant close, Duration lockout, ZoneId zone) {

        private static final Duration FAR_AHEAD = Duration.ofDays(14);
        private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEEE uuuu-MM-dd", Locale.ENGLISH);

        /** Window from the recorded settings of a run; empty when it has none. */
        public static Optional<Window> fromSettings(Map<String, String> settings) {
            var open = settings.get(MigrateSettings.OPEN.key());
            var close = settings.get(MigrateSettings.CLOSE.key());
            if (open == null || close == null) {
                return Optional.empty();
            }
            var lockout = Durations.parse(settings.getOrDefault(MigrateSettings.LOCKOUT.key(), "0s"));
            var zone = settings.getOrDefault(MigrateSettings.ZONE.key(), "UTC");
            return Optional.of(new Window(
                    Instant.parse(open), Instant.parse(close), lockout.orElse(Duration.ZERO), ZoneId.of(zone)));
        }

        /** Warning about a date that is probably a mistake; empty when the window opens soon. */
        List<String> warnings(Instant now) {
            long days = Duration.between(now, open).toDays();
            return days < FAR_AHEAD.toDays()
                    ? List.of()
                    : List.of("%s: the window opens in %d days, on %s. Check the date."
                            .formatted(MigrateSettings.OPEN.key(), days, DATE.format(open.atZone(zone))));
        }

        /** First instant without launches. */
        public Instant lastCall() {
            return close.minus(lockout);
        }

        /** Whether a launch is allowed at this instant: in {@code [open, close - lockout)}. */
        public boolean isOpenAt(Instant now) {
            return !now.isBefore(open) && now.isBefore(lastCall());
        }

        /** Whether the window allows no further launch. */
        public boolean isOverAt(Instant now) {
            return !now.isBefore(lastCall());
        }
    }
}
