package dev.smsrunner.simulator;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parses the values of one entry of a fault file. Errors contain the place of the entry.
 *
 * @param place file and entry, for messages
 */
record FaultValues(String place) {

    private static final Pattern SHARE = Pattern.compile("(\\d{1,3}(?:\\.\\d+)?)\\s*%");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h|d)");

    String required(String key, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw bad(key, value, "given");
        }
        return value;
    }

    /** A share such as 40%, as 0 to 1. */
    @Nullable
    Double share(String key, @Nullable String value) {
        if (value == null) {
            return null;
        }
        Matcher matcher = SHARE.matcher(value);
        if (!matcher.matches() || Double.parseDouble(matcher.group(1)) > 100) {
            throw bad(key, value, "a share from 0% to 100%");
        }
        return Double.parseDouble(matcher.group(1)) / 100;
    }

    /** A duration such as 500ms, 30s, 10m, 2h, 1d. */
    @Nullable
    Duration duration(String key, @Nullable String value) {
        if (value == null) {
            return null;
        }
        Matcher matcher = DURATION.matcher(value);
        if (!matcher.matches()) {
            throw bad(key, value, "a duration such as 30s, 10m or 2h");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /** An enum constant, written in the file in lower case with hyphens. */
    <E extends Enum<E>> E keyword(String key, @Nullable String value, Class<E> type) {
        for (E constant : type.getEnumConstants()) {
            if (kebab(constant).equals(value)) {
                return constant;
            }
        }
        throw bad(
                key,
                value,
                "one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(FaultValues::kebab)
                                .toList());
    }

    private static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    IllegalArgumentException bad(String key, @Nullable Object value, String must) {
        return new IllegalArgumentException(place + ": " + key + " is '" + value + "' (must be " + must + ")");
    }
}
