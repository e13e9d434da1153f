package dev.smsrunner.sms;

import java.util.Locale;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Measurements of {@code network_check} between source and target (network_check_info of ShowTask, API reference
 * 2026-01-27); any field may be null.
 *
 * @param domainConnectivity whether the source reaches the service by its name
 * @param destinationConnectivity whether the source reaches its target
 * @param networkDelay milliseconds
 * @param networkJitter milliseconds
 * @param migrationSpeed Mbit/s
 * @param lossPercentage percent
 * @param evaluationResult rating by the service, with undocumented values
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

    /** Whether there are no measurements yet. */
    public boolean isEmpty() {
        return domainConnectivity == null && destinationConnectivity == null && migrationSpeed == null;
    }

    /** Whether the source cannot reach the service or its target. */
    public boolean isBroken() {
        return Boolean.FALSE.equals(domainConnectivity) || Boolean.FALSE.equals(destinationConnectivity);
    }

    /** Text of the connectivity failure. */
    public String failureText() {
        return Boolean.FALSE.equals(domainConnectivity)
                ? "the source cannot reach the service by its name"
                : "the source cannot reach its target";
    }

    /** Measurements in one line. */
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
