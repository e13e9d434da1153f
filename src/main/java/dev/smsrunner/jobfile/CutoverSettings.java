package dev.smsrunner.jobfile;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Settings for the launch of targets.
 *
 * @param when launch mode
 * @param windows cutover windows; none = any time; never together with {@link LaunchMode#AUTO}
 * @param atClose handling of the tasks that are not launched when the last window is over
 * @param onDifference handling of a server whose files differ from its source
 */
public record CutoverSettings(LaunchMode when, CutoverWindows windows, AtClose atClose, OnDifference onDifference) {

    /** Settings with one window, or none; a server with different files is launched with a warning. */
    public CutoverSettings(LaunchMode when, @Nullable Window window) {
        this(when, window, OnDifference.WARN);
    }

    /** Settings with one window, or none. */
    public CutoverSettings(LaunchMode when, @Nullable Window window, OnDifference onDifference) {
        this(when, CutoverWindows.of(window), AtClose.KEEP_SYNCING, onDifference);
    }

    /** Whether the runner or an operator launches the target by a call. SMS must keep the copy in sync until then. */
    public boolean isLaunchedByCall() {
        return when != LaunchMode.AUTO || !windows.isEmpty();
    }

    /** Handling of the tasks that are not launched when the last window is over. */
    public enum AtClose {
        /** The tasks stay as they are: SMS copies and keeps in sync. */
        KEEP_SYNCING,
        /** The runner pauses the tasks. */
        STOP
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
     * @param name name in the job file; empty for the one window of {@code cutover.window}
     * @param open first instant
     * @param close instant by which all launches are finished
     * @param lockout time before the close without launches
     * @param zone zone or offset of the times in the job file, used for display
     * @param capacity maximum number of launches in the window; null = no limit
     */
    public record Window(
            String name,
            Instant open,
            Instant close,
            Duration lockout,
            ZoneId zone,
            @Nullable Integer capacity) {

        private static final Duration FAR_AHEAD = Duration.ofDays(14);
        private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEEE uuuu-MM-dd", Locale.ENGLISH);

        /** The one window of {@code cutover.window}, without a limit of launches. */
        public Window(Instant open, Instant close, Duration lockout, ZoneId zone) {
            this("", open, close, lockout, zone, null);
        }

        /** Key of the window in the job file: {@code cutover.windows.fri}, or {@code cutover.window}. */
        public String key() {
            return name.isEmpty() ? "cutover.window" : "cutover.windows." + name;
        }

        /** Name for messages: {@code window fri}, or {@code the window}. */
        public String label() {
            return name.isEmpty() ? "the window" : "window " + name;
        }

        /** Prefix of a text that starts with the name, or nothing for the one window without a name. */
        public String prefix() {
            return name.isEmpty() ? "" : name + " ";
        }

        /** Warning about a date that is probably a mistake; empty when the window opens soon. */
        List<String> warnings(Instant now) {
            long days = Duration.between(now, open).toDays();
            return days < FAR_AHEAD.toDays()
                    ? List.of()
                    : List.of("%s.open: the window opens in %d days, on %s. Check the date."
                            .formatted(key(), days, DATE.format(open.atZone(zone))));
        }

        /** First instant without launches. */
        public Instant lastCall() {
            return close.minus(lockout);
        }

        /** Whether a launch is allowed at this instant: in {@code [open, close - lockout)}. */
        public boolean isOpenAt(Instant now) {
            return !now.isBefore(open) && now.isBefore(lastCall());
        }

        /** Whether the instant is in {@code [open, close)}. */
        public boolean contains(Instant instant) {
            return !instant.isBefore(open) && instant.isBefore(close);
        }

        /** Whether the two windows have an instant in common. */
        public boolean overlaps(Window other) {
            return open.isBefore(other.close) && other.open.isBefore(close);
        }

        /** Whether the window allows no further launch. */
        public boolean isOverAt(Instant now) {
            return !now.isBefore(lastCall());
        }
    }
}
