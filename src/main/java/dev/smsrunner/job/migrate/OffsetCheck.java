package dev.smsrunner.job.migrate;

import dev.smsrunner.jobfile.EffectiveSettings;
import dev.smsrunner.jobfile.SettingDefinition;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * Compares the offsets of two times without a zone. Different offsets are probably a mistake, unless a zone changes its
 * clocks between the times.
 */
record OffsetCheck(EffectiveSettings settings) {

    /** Warns when the time has another offset than the opening of a window for no reason of a zone. */
    void compare(
            SettingDefinition<ZonedDateTime> setting,
            ZonedDateTime time,
            SettingDefinition<ZonedDateTime> opening,
            ZonedDateTime open) {
        boolean hasZone = !(open.getZone() instanceof ZoneOffset) || !(time.getZone() instanceof ZoneOffset);
        if (!hasZone && !open.getOffset().equals(time.getOffset()) && !isClockChange(open, time)) {
            settings.warn(
                    setting,
                    "The offset is %s, but that of %s is %s. Correct one of them, or set %s."
                            .formatted(
                                    time.getOffset(),
                                    opening.key(),
                                    open.getOffset(),
                                    opening.key().replaceFirst("open$", "zone")));
        }
    }

    private static boolean isClockChange(ZonedDateTime first, ZonedDateTime second) {
        return ZoneId.getAvailableZoneIds().stream()
                .map(name -> ZoneId.of(name).getRules())
                .anyMatch(rules -> rules.getOffset(first.toInstant()).equals(first.getOffset())
                        && rules.getOffset(second.toInstant()).equals(second.getOffset()));
    }
}
