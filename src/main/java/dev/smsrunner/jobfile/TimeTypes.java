package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.QuotedText;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Types of times: a time with an offset, or a local time in the zone of another setting. */
final class TimeTypes {

    private TimeTypes() {}

    /** Time zone. An invalid one is reported and replaced by UTC. */
    static SettingType<ZoneId> zone() {
        return SettingType.of("time zone such as `Asia/Singapore`", input -> {
            try {
                return ZoneId.of(input.text());
            } catch (DateTimeException ex) {
                input.problem(QuotedText.of(input.text()) + " is not a time zone", "write one such as Asia/Shanghai");
                return ZoneOffset.UTC;
            }
        });
    }

    /**
     * Time with a date.
     *
     * @param zone zone of local times, read before
     * @param form recorded form
     */
    static SettingType<ZonedDateTime> time(
            Supplier<SettingDefinition<ZoneId>> zone, Function<ZonedDateTime, Object> form) {
        return SettingType.<ZonedDateTime>of("time", input -> read(input, zone.get()))
                .recordedAs(time -> form.apply(time).toString());
    }

    private static @Nullable ZonedDateTime read(SettingInput input, SettingDefinition<ZoneId> zone) {
        String text = input.text().replace(' ', 'T');
        ZoneId known = input.settings().known(zone);
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            return known == null ? time.toZonedDateTime() : time.atZoneSameInstant(known);
        } catch (DateTimeException ex) {
            return readLocal(input, text, known, zone.key());
        }
    }

    private static @Nullable ZonedDateTime readLocal(
            SettingInput input, String text, @Nullable ZoneId zone, String zoneKey) {
        try {
            LocalDateTime time = LocalDateTime.parse(text);
            if (zone != null && zone.getRules().getValidOffsets(time).size() == 1) {
                return time.atZone(zone);
            }
            String what = zone == null
                    ? " has neither an offset nor " + zoneKey
                    : " does not exist or exists twice in " + zone + " (daylight saving change)";
            input.problem(QuotedText.of(text) + what, "write the offset, such as " + text + "+08:00");
        } catch (DateTimeException ex) {
            input.problem(QuotedText.of(text) + " is not a date and time", "write one such as 2026-11-21T22:00+08:00");
        }
        return null;
    }
}
