package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.QuotedText;
import dev.smsrunner.inventory.Suggestions;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Types of times: a time with an offset, or a local time in the zone of another setting. */
final class TimeTypes {

    /** Zones whose name has the opposite sign of the offset, as in POSIX. */
    private static final Pattern INVERTED = Pattern.compile("Etc/GMT[+-]\\d{1,2}");

    /** Offset in a form that the JDK does not accept, such as {@code GMT8} or {@code UTC +8}. */
    private static final Pattern OFFSET =
            Pattern.compile("(?:UTC|GMT|UT)?\\s*([+-]?)(\\d{1,2})(?::?(\\d{2}))?", Pattern.CASE_INSENSITIVE);

    /** Abbreviation of a time zone, also with an offset as in POSIX: {@code CST}, {@code sgt}, {@code CST-8}. */
    private static final Pattern ABBREVIATION = Pattern.compile("[A-Za-z]{1,4}(?:[+-]?\\d.*)?|[A-Z]{5}(?:[+-]?\\d.*)?");

    /** Zone whose last word is no city, such as {@code Australia/West}; as an abbreviation, WEST is that of Lisbon in summer. */
    private static final Pattern PART_OF_COUNTRY =
            Pattern.compile("(?:Brazil|Canada|Chile|Mexico|US)/.*|Australia/(?:[A-Z]+|North|South|West)");

    private TimeTypes() {}

    /** Time zone. An invalid one is reported and replaced by UTC. */
    static SettingType<ZoneId> zone() {
        return SettingType.of("time zone such as `Asia/Singapore`", input -> {
            try {
                var zone = ZoneId.of(input.text());
                warnOfMisleadingName(input, zone);
                return zone;
            } catch (DateTimeException ex) {
                input.problem(QuotedText.of(input.text()) + " is not a time zone", zoneAdvice(input.text()));
                return ZoneOffset.UTC;
            }
        });
    }

    /**
     * Advice with the zone that was probably meant: an offset, another letter case, the city alone, or a misspelt name. For an
     * abbreviation there is none, since the most similar name is often another offset.
     */
    private static String zoneAdvice(String text) {
        var offset = OFFSET.matcher(text.strip());
        if (offset.matches()) {
            return offsetAdvice(offset.group(1), offset.group(2), offset.group(3));
        }
        var zones = new TreeSet<>(ZoneId.getAvailableZoneIds());
        var name = text.replace(' ', '_').toLowerCase(Locale.ROOT);
        return zones.stream()
                .filter(zone -> zone.equalsIgnoreCase(name)
                        || !PART_OF_COUNTRY.matcher(zone).matches()
                                && zone.toLowerCase(Locale.ROOT).endsWith("/" + name))
                .findFirst()
                .map(zone -> "did you mean " + zone + "?")
                .orElseGet(() -> ABBREVIATION.matcher(text.strip()).matches()
                        ? "abbreviations are ambiguous; write a region such as Asia/Singapore"
                        : Suggestions.advice(text, regions(zones), "write one such as Asia/Shanghai"));
    }

    private static String offsetAdvice(String sign, String hours, @Nullable String minutes) {
        try {
            var offset = ZoneOffset.of("%s%2s:%s"
                    .formatted(sign.isEmpty() ? "+" : sign, hours, minutes == null ? "00" : minutes)
                    .replace(' ', '0'));
            return "did you mean %s?".formatted(offset);
        } catch (DateTimeException ex) {
            return "write an offset such as +08:00, or a region such as Asia/Singapore";
        }
    }

    /** Names of regions. The others name an offset, which one edit changes. */
    private static List<String> regions(Collection<String> zones) {
        return zones.stream()
                .filter(zone -> !zone.matches(".*\\d.*|.{1,4}|Etc/.*"))
                .toList();
    }

    private static void warnOfMisleadingName(SettingInput input, ZoneId zone) {
        var name = input.text();
        var rules = zone.getRules();
        if (!rules.isFixedOffset()) {
            return;
        }
        var offset = rules.getStandardOffset(Instant.EPOCH);
        if (INVERTED.matcher(name).matches() && offset.getTotalSeconds() != 0) {
            input.warning(
                    "%s is the offset %s: the sign in its name is inverted. Write %s, or a zone such as Asia/Shanghai."
                            .formatted(name, offset, offset));
        }
    }

    /**
     * Time with a date.
     *
     * @param zone zone of local times, read before
     * @param form recorded form
     */
    static SettingType<ZonedDateTime> time(
            Supplier<SettingDefinition<ZoneId>> zone, Function<ZonedDateTime, Object> form) {
        return time(key -> zone.get(), form);
    }

    /**
     * Time with a date.
     *
     * @param zone zone of local times by the key of the time, read before
     * @param form recorded form
     */
    static SettingType<ZonedDateTime> time(
            Function<String, SettingDefinition<ZoneId>> zone, Function<ZonedDateTime, Object> form) {
        return SettingType.<ZonedDateTime>of("time", input -> read(input, zone.apply(input.key())))
                .recordedAs(time -> form.apply(time).toString());
    }

    private static @Nullable ZonedDateTime read(SettingInput input, SettingDefinition<ZoneId> zone) {
        String text = input.text().replace(' ', 'T');
        ZoneId known = input.settings().known(zone);
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            if (known == null) {
                return time.toZonedDateTime();
            }
            if (!text.endsWith("Z")) {
                warnOfContradiction(input, text, time, known);
            }
            return time.atZoneSameInstant(known);
        } catch (DateTimeException ex) {
            return readLocal(input, text, known, zone.key());
        }
    }

    private static void warnOfContradiction(SettingInput input, String text, OffsetDateTime time, ZoneId zone) {
        var there = time.atZoneSameInstant(zone);
        if (!there.getOffset().equals(time.getOffset())) {
            input.warning(
                    "%s has the offset %s, but %s has %s then. The runner uses %s there. Correct the offset or the zone."
                            .formatted(text, time.getOffset(), zone, there.getOffset(), there.toOffsetDateTime()));
        }
    }

    private static @Nullable ZonedDateTime readLocal(
            SettingInput input, String text, @Nullable ZoneId zone, String zoneKey) {
        try {
            LocalDateTime time = LocalDateTime.parse(text);
            if (zone == null) {
                input.problem(
                        QuotedText.of(text) + " has neither an offset nor " + zoneKey,
                        "write the offset, such as " + text + "+08:00");
                return null;
            }
            var transition = zone.getRules().getTransition(time);
            if (transition == null) {
                return time.atZone(zone);
            }
            reportClockChange(input, text, time, transition, zone);
        } catch (DateTimeException ex) {
            input.problem(QuotedText.of(text) + " is not a date and time", "write one such as 2026-11-21T22:00+08:00");
        }
        return null;
    }

    /** Reports a local time that a clock change skips or repeats, with both possible times. */
    private static void reportClockChange(
            SettingInput input, String text, LocalDateTime time, ZoneOffsetTransition transition, ZoneId zone) {
        var before = transition.getOffsetBefore();
        var after = transition.getOffsetAfter();
        if (transition.isOverlap()) {
            input.problem(
                    "%s exists twice in %s, since the clocks go back".formatted(QuotedText.of(text), zone),
                    "write %s%s for the first, or %s%s for the second".formatted(text, before, text, after));
        } else {
            var gap = transition.getDuration();
            input.problem(
                    "%s does not exist in %s, since the clocks go forward".formatted(QuotedText.of(text), zone),
                    "write %s%s or %s%s".formatted(time.minus(gap), before, time.plus(gap), after));
        }
    }
}
