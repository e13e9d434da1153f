package dev.smsrunner.sms;

import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What {@code network_check} has measured between source and target (network_check_info of ShowTask, API reference 2026-01-27); any
 * field may be null.
 *
 * @param domainConnectivity whether the source reaches the service by its name
 * @param destinationConnectivity whether the source reaches its target
 * @param networkDelay milliseconds
 * @param networkJitter milliseconds
 * @param migrationSpeed Mbit/s
 * @param lossPercentage percent
 * @param evaluationResult the service's own verdict; its words are not documented
 */
@Payload
public record NetworkCheck(
        @Nullable Boolean domainConnectivity,
        @Nullable Boolean destinationConnectivity,
        @Nullable Double networkDelay,
        @Nullable Double networkJitter,
        @Nullable Double migrationSpeed,
        @Nullable Double lossPercentage,
        @Nullable String evaluationResult) {

    /** Nothing was measured yet. */
    public boolean isEmpty() {
        return domainConnectivity == null && destinationConnectivity == null && migrationSpeed == null;
    }

    /** The source does not reach what it must reach. */
    public boolean isBroken() {
        return Boolean.FALSE.equals(domainConnectivity) || Boolean.FALSE.equals(destinationConnectivity);
    }

    /** What cannot be reached, when something cannot. */
    public String broken() {
        return Boolean.FALSE.equals(domainConnectivity)
                ? "the source cannot reach the service by its name"
                : "the source cannot reach its target";
    }

    /** The figures in one line. */
    public String text() {
        var text = new StringJoiner(", ");
        add(text, migrationSpeed, "Mbit/s");
        add(text, networkDelay, "ms delay");
        add(text, networkJitter, "ms jitter");
        add(text, lossPercentage, "% loss");
        if (evaluationResult != null && !evaluationResult.isBlank()) {
            text.add(evaluationResult.strip());
        }
        return text.toString();
    }

    private static void add(StringJoiner text, @Nullable Double value, String unit) {
        if (value != null) {
            text.add(String.format(Locale.ROOT, "%.1f %s", value, unit));
        }
    }
}
