package dev.smsrunner.jobfile;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When the targets are launched.
 *
 * @param when by whom and when
 * @param window the agreed time; null = at any time; never together with {@link When#AUTO}
 * @param onDifference what happens to a server whose files differ from those of its source
 */
public record CutoverSettings(When when, @Nullable Window window, OnDifference onDifference) {

    /** Servers whose files differ are launched, with a warning. */
    public CutoverSettings(When when, @Nullable Window window) {
        this(when, window, OnDifference.WARN);
    }

    /** Whether the run, or a person, launches: the copy must be kept in sync until then. */
    public boolean launchedByHand() {
        return when != When.AUTO || window != null;
    }

    /** What a difference between source and target means, for rows with {@code verify_consistency}. */
    public enum OnDifference {
        /** The server is launched, and a person is told. */
        WARN,
        /** The run does not launch the server; a server that is launched already has failed. */
        HOLD
    }

    /** Who launches a target, and when. */
    public enum When {
        /** SMS does it at the end of the copy. */
        AUTO,
        /** The run does it as soon as a server is in continuous synchronisation. */
        SYNCED,
        /** A person does it; the run brings the servers to continuous synchronisation. */
        MANUAL
    }

    /**
     * The time in which targets may be launched.
     *
     * @param open the first instant
     * @param close the instant by which all launches are over
     * @param lockout nothing is launched so short before the close
     * @param zone the zone or offset in which the times were written, to show them in
     */
    public record Window(Instant open, Instant close, Duration lockout, ZoneId zone) {

        /** The window among the settings that a run was recorded with; empty when it has none. */
        public static Optional<Window> recorded(Map<String, String> settings) {
            var open = settings.get(SettingKeys.OPEN);
            var close = settings.get(SettingKeys.CLOSE);
            if (open == null || close == null) {
                return Optional.empty();
            }
            var lockout = Durations.parse(settings.getOrDefault(SettingKeys.LOCKOUT, "0s"));
            var zone = settings.getOrDefault(SettingKeys.ZONE, "UTC");
            return Optional.of(new Window(
                    Instant.parse(open), Instant.parse(close), lockout.orElse(Duration.ZERO), ZoneId.of(zone)));
        }

        /** The instant from which on nothing is launched any more. */
        public Instant lastCall() {
            return close.minus(lockout);
        }

        /** Whether a launch is allowed at that instant: in {@code [open, close - lockout)}. */
        public boolean isOpenAt(Instant now) {
            return !now.isBefore(open) && now.isBefore(lastCall());
        }

        /** Whether no launch will be allowed any more. */
        public boolean isOverAt(Instant now) {
            return !now.isBefore(lastCall());
        }
    }
}
