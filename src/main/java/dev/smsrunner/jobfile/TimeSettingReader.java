package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.QuotedText;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Reads a time of the job file: a time with an offset, or a local time in the zone of the window.
 *
 * @param zone zone of local times; null when none is set
 */
record TimeSettingReader(
        EffectiveSettings settings, @Nullable ZoneId zone) {

    /** Time of the setting. Reports a problem and returns null if the text is not a time. */
    @Nullable
    ZonedDateTime read(Setting setting) {
        String text = setting.text().replace(' ', 'T');
        ZonedDateTime time = readWithOffset(text);
        return time == null ? readLocal(setting.key(), text) : time;
    }

    private @Nullable ZonedDateTime readWithOffset(String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            return zone == null ? time.toZonedDateTime() : time.atZoneSameInstant(zone);
        } catch (DateTimeException ex) {
            return null;
        }
    }

    private @Nullable ZonedDateTime readLocal(String key, String text) {
        try {
            LocalDateTime time = LocalDateTime.parse(text);
            if (zone != null && zone.getRules().getValidOffsets(time).size() == 1) {
                return time.atZone(zone);
            }
            String what = zone == null
                    ? " has neither an offset nor " + SettingKeys.ZONE
                    : " does not exist or exists twice in " + zone + " (daylight saving change)";
            settings.problem(key, QuotedText.of(text) + what, "write the offset, such as " + text + "+08:00");
        } catch (DateTimeException ex) {
            settings.problem(
                    key, QuotedText.of(text) + " is not a date and time", "write one such as 2026-11-21T22:00+08:00");
        }
        return null;
    }
}
