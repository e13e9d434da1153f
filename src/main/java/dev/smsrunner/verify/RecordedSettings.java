package dev.smsrunner.verify;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Settings of a run, read from their recorded text. */
record RecordedSettings(Map<String, String> settings) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern NAMED_OPEN = Pattern.compile("cutover\\.windows\\.[^.]+\\.open");
    private static final Pattern DURATION = Pattern.compile("(\\d+)(ms|s|m|h|d)");

    /** Parses the column of the run. */
    static RecordedSettings of(@Nullable String settings) {
        return new RecordedSettings(
                settings == null || settings.isBlank()
                        ? Map.of()
                        : JSON.readValue(settings, new TypeReference<Map<String, String>>() {}));
    }

    boolean hasWindow() {
        return !windows().isEmpty();
    }

    /** All cutover windows. */
    List<RecordedWindow> windows() {
        return settings.keySet().stream()
                .filter(key -> key.equals("cutover.window.open")
                        || NAMED_OPEN.matcher(key).matches())
                .map(key -> key.substring(0, key.length() - ".open".length()))
                .filter(block -> settings.containsKey(block + ".close"))
                .map(this::window)
                .toList();
    }

    private RecordedWindow window(String block) {
        return new RecordedWindow(
                block.equals("cutover.window") ? "" : block.substring("cutover.windows.".length()),
                Instant.parse(text(block + ".open")),
                Instant.parse(text(block + ".close")),
                duration(block + ".lockout"),
                (long) number(block + ".capacity", Long.MAX_VALUE));
    }

    /** The windows of a row: the one in the row itself, else those of its wave, else all. */
    List<RecordedWindow> windowsOf(String wave, String ownWindow) {
        var ofWave = list("waves." + wave + ".windows");
        return windows().stream()
                .filter(window -> ownWindow.isEmpty()
                        ? ofWave.isEmpty() || ofWave.contains(window.name())
                        : window.name().equals(ownWindow))
                .toList();
    }

    /** Whether any cutover window contains this instant. */
    boolean isOpenAt(Instant at) {
        return !hasWindow() || windows().stream().anyMatch(window -> window.contains(at));
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
        return list("waves." + wave + ".after");
    }

    private List<String> list(String key) {
        return Arrays.stream(text(key).split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** All windows for messages. */
    String window() {
        return windows().stream().map(RecordedWindow::text).collect(Collectors.joining(", "));
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
