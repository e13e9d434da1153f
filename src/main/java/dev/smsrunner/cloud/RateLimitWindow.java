package dev.smsrunner.cloud;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rate limit in the notation of the gateway: a number of calls per time (error 0308, "policy user over
 * ratelimit,limit:XX,time:1 minute").
 *
 * @param calls at least 1
 * @param time longer than zero
 */
public record RateLimitWindow(long calls, Duration time) {

    private static final Pattern TEXT = Pattern.compile(
            "limit\\s*[:=]\\s*(\\d{1,9})\\s*,\\s*time\\s*[:=]\\s*(\\d{1,6})\\s*(second|minute|hour|day)");

    public RateLimitWindow {
        if (calls < 1 || time.isZero() || time.isNegative()) {
            throw new IllegalArgumentException(
                    "A limit of %d calls in %s (both must be above zero)".formatted(calls, time));
        }
    }

    /** Parses the limit from the text of a 429; empty when there is none. */
    public static Optional<RateLimitWindow> parse(String text) {
        Matcher matcher = TEXT.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.find()) {
            return Optional.empty();
        }
        long calls = Long.parseLong(matcher.group(1));
        long units = Long.parseLong(matcher.group(2));
        var unit = ChronoUnit.valueOf(matcher.group(3).toUpperCase(Locale.ROOT) + "S");
        return calls < 1 || units < 1
                ? Optional.empty()
                : Optional.of(new RateLimitWindow(calls, Duration.of(units, unit)));
    }

    /** Calls per second. */
    double perSecond() {
        return calls * 1e9 / time.toNanos();
    }
}
