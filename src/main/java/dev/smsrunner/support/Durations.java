package dev.smsrunner.support;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes durations: {@code 200ms}, {@code 30s}, {@code 1h30m}, {@code 2d}, or ISO {@code PT30S}. */
public final class Durations {

    private static final Pattern WHOLE = Pattern.compile("(?:[0-9]{1,9}(?:ms|s|m|h|d))+");
    private static final Pattern PART = Pattern.compile("([0-9]+)(ms|s|m|h|d)");

    private Durations() {}

    /** Reads a duration; empty when the text is not a duration. */
    public static Optional<Duration> parse(String text) {
        String plain = text.replace(" ", "").toLowerCase(Locale.ROOT);
        if (plain.startsWith("p")) {
            return iso(plain);
        }
        if (!WHOLE.matcher(plain).matches()) {
            return Optional.empty();
        }
        Duration sum = Duration.ZERO;
        Matcher part = PART.matcher(plain);
        while (part.find()) {
            sum = sum.plus(unit(part.group(2)).multipliedBy(Long.parseLong(part.group(1))));
        }
        return Optional.of(sum);
    }

    private static Optional<Duration> iso(String text) {
        try {
            return Optional.of(Duration.parse(text)).filter(duration -> !duration.isNegative());
        } catch (DateTimeException | ArithmeticException ex) {
            return Optional.empty();
        }
    }

    private static Duration unit(String name) {
        return switch (name) {
            case "ms" -> Duration.ofMillis(1);
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
    }

    /** Canonical text of a duration: the largest unit that represents it exactly. */
    public static String write(Duration duration) {
        for (String unit : new String[] {"d", "h", "m", "s", "ms"}) {
            long length = unit(unit).toMillis();
            boolean exact = duration.getNano() % 1_000_000 == 0 && duration.toMillis() % length == 0;
            if (exact && (duration.toMillis() >= length || unit.equals("ms"))) {
                return duration.isZero() ? "0s" : duration.toMillis() / length + unit;
            }
        }
        return duration.toString();
    }
}
