package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.QuotedText;
import dev.smsrunner.support.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/** Reads the cutover window: two times with an offset, or two local times and their zone. */
final class WindowReader {

    /** Minimum lockout. A launch sent at the last moment must still arrive before the window closes. */
    private static final Duration SHORTEST_LOCKOUT = Duration.ofSeconds(15);

    private static final Duration LOCKOUT = Duration.ofMinutes(15);

    private final EffectiveSettings settings;

    WindowReader(EffectiveSettings settings) {
        this.settings = settings;
    }

    /** Cutover window; null when there is none, or when it is invalid. */
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
            settings.conflict(
                    SettingKeys.CLOSE,
                    QuotedText.of(close.toString()),
                    SettingKeys.OPEN + " " + open,
                    "write a close after the opening");
        } else if (!close.minus(lockout).isAfter(open)) {
            settings.conflict(
                    SettingKeys.LOCKOUT,
                    Durations.write(lockout),
                    "a window from " + SettingKeys.OPEN + " to " + SettingKeys.CLOSE + " of only "
                            + Durations.write(Duration.between(open, close)),
                    "make the lockout shorter or the window longer");
        }
        return new CutoverSettings.Window(open.toInstant(), close.toInstant(), lockout, open.getZone());
    }

    boolean isGiven() {
        return settings.raw().blocks().containsKey("cutover.window")
                || settings.raw().has(SettingKeys.OPEN)
                || settings.raw().has(SettingKeys.CLOSE)
                || settings.raw().has(SettingKeys.ZONE)
                || settings.raw().has(SettingKeys.LOCKOUT);
    }

    /** Zone of the window; null when none is set. An invalid zone is reported and replaced by UTC. */
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
        Setting setting = settings.raw().get(key);
        if (setting == null) {
            if (!settings.raw().wasWritten(key)) {
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
