package dev.smsrunner.verify;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Settings of a run, read from their recorded text. */
record RecordedSettings(Map<String, String> settings) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m|h|d)");

    /** Parses the column of the run. */
    static RecordedSettings of(@Nullable String settings) {
        return new RecordedSettings(
                settings == null || settings.isBlank()
                        ? Map.of()
                        : JSON.readValue(settings, new TypeReference<Map<String, String>>() {}));
    }

    boolean hasWindow() {
        return settings.containsKey("cutover.window.open") && settings.containsKey("cutover.window.close");
    }

    /** Whether the cutover window is open at this instant. */
    boolean isOpenAt(Instant at) {
        return !hasWindow()
                || !at.isBefore(instant("cutover.window.open")) && at.isBefore(instant("cutover.window.close"));
    }

    /** Whether a launch may be sent at this instant. */
    boolean mayLaunch(Instant at) {
        return isOpenAt(at)
                && (!hasWindow() || at.isBefore(instant("cutover.window.close").minus(lockout())));
    }

    /** Whether SMS launches the target automatically at the end of the copy. */
    boolean launchesAutomatically() {
        return text("cutover.when").equalsIgnoreCase("auto") && !hasWindow();
    }

    /** Whether only an operator launches the targets. */
    boolean isManual() {
        return text("cutover.when").equalsIgnoreCase("manual");
    }

    /** The waves that must end before a launch in this wave. */
    List<String> wavesBefore(String wave) {
        return Arrays.stream(text("waves." + wave + ".after").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    String window() {
        return settings.get("cutover.window.open") + " to " + settings.get("cutover.window.close");
    }

    private Instant instant(String key) {
        return Instant.parse(settings.get(key));
    }

    private Duration lockout() {
        return duration("cutover.window.lockout");
    }

    /** A duration; zero if missing. */
    Duration duration(String key) {
        Matcher text = DURATION.matcher(settings.getOrDefault(key, ""));
        var sum = Duration.ZERO;
        while (text.find()) {
            long count = Long.parseLong(text.group(1));
            sum = sum.plus(
                    switch (text.group(2)) {
                        case "ms" -> Duration.ofMillis(count);
                        case "s" -> Duration.ofSeconds(count);
                        case "m" -> Duration.ofMinutes(count);
                        case "h" -> Duration.ofHours(count);
                        default -> Duration.ofDays(count);
                    });
        }
        return sum;
    }

    /** A number, or the default if missing. */
    double number(String key, double otherwise) {
        try {
            return Double.parseDouble(settings.getOrDefault(key, ""));
        } catch (NumberFormatException ex) {
            return otherwise;
        }
    }

    String text(String key) {
        return settings.getOrDefault(key, "");
    }
}
