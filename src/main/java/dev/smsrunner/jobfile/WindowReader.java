package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.QuotedText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/** Reads the window of a cutover: two times with offset, or two local times and their zone. */
final class WindowReader {

    /** A launch that is sent in the last moment must still arrive before the window closes. */
    private static final Duration SHORTEST_LOCKOUT = Duration.ofSeconds(15);

    private static final Duration LOCKOUT = Duration.ofMinutes(15);

    private final EffectiveSettings settings;

    WindowReader(EffectiveSettings settings) {
        this.settings = settings;
    }

    /** The window; null when there is none, or none that can be understood. */
    CutoverSettings.@Nullable Window read(@Nullable ZoneId zone) {
        if (!isGiven()) {
            return null;
        }
        ZonedDateTime open = time(SettingKeys.OPEN, zone);
        ZonedDateTime close = time(SettingKeys.CLOSE, zone);
        Duration lockout = settings.duration(SettingKeys.LOCKOUT, LOCKOUT, SHORTEST_LOCKOUT, Duration.ofDays(1));
        if (open == null || close == null) {
            return null;
        }
        if (!close.isAfter(open)) {
            settings.impossible(
                    SettingKeys.CLOSE,
                    QuotedText.of(close.toString()),
                    SettingKeys.OPEN + " " + open,
                    "close after the opening");
        } else if (!close.minus(lockout).isAfter(open)) {
            settings.impossible(
                    SettingKeys.LOCKOUT,
                    Durations.write(lockout),
                    "a window from " + SettingKeys.OPEN + " to " + SettingKeys.CLOSE + " of only "
                            + Durations.write(Duration.between(open, close)),
                    "make the lockout shorter or the window longer");
        }
        return new CutoverSettings.Window(open.toInstant(), close.toInstant(), lockout, open.getZone());
    }

    boolean isGiven() {
        return settings.given().blocks().containsKey("cutover.window")
                || settings.given().has(SettingKeys.OPEN)
                || settings.given().has(SettingKeys.CLOSE)
                || settings.given().has(SettingKeys.ZONE)
                || settings.given().has(SettingKeys.LOCKOUT);
    }

    /** The zone of the window; null when none is given. A bad one is a problem, and counts as UTC. */
    @Nullable
    ZoneId zone() {
        String text = settings.text(SettingKeys.ZONE);
        try {
            return text == null ? null : ZoneId.of(text);
        } catch (DateTimeException ex) {
            settings.problem(
                    SettingKeys.ZONE, QuotedText.of(text) + " is not a time zone", "write one such as Asia/Shanghai");
            return ZoneOffset.UTC;
        }
    }

    private @Nullable ZonedDateTime time(String key, @Nullable ZoneId zone) {
        Setting setting = settings.given().get(key);
        if (setting == null) {
            if (!settings.given().wasWritten(key)) {
                settings.problem(key, "is missing", "write a time such as 2026-11-21T22:00+08:00");
            }
            return null;
        }
        ZonedDateTime time = new TimeSettingReader(settings, zone).read(setting);
        if (time != null) {
            settings.record(key, time.toInstant());
        }
        return time;
    }
}
