package dev.smsrunner.cutover;

import dev.smsrunner.inventory.Plural;
import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.jobfile.CutoverWindows;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Text of a cutover window for the operator: in its own zone with weekday and date, and in UTC.
 *
 * @param now instant from which the remaining time counts
 */
public record WindowText(CutoverSettings.Window window, Instant now) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm", Locale.ENGLISH);

    /** Texts of all windows, in the order of their openings. */
    public static List<WindowText> of(CutoverWindows windows, Instant now) {
        return windows.all().stream().map(window -> new WindowText(window, now)).toList();
    }

    /** Window that is open, else the next one, else the last one; empty without windows. */
    public static Optional<WindowText> current(CutoverWindows windows, Instant now) {
        return windows.currentAt(now).map(window -> new WindowText(window, now));
    }

    /** The same of the texts of all windows. */
    public static Optional<WindowText> current(List<WindowText> texts) {
        return texts.stream()
                .findFirst()
                .flatMap(first -> current(
                        new CutoverWindows(
                                texts.stream().map(WindowText::window).toList(), Map.of()),
                        first.now()));
    }

    /** Line with the name of the window, if it has one. */
    public String namedLine() {
        return window.name().isEmpty()
                ? line()
                : "%s: %s%s"
                        .formatted(
                                window.name(),
                                line(),
                                window.capacity() == null
                                        ? ""
                                        : ", at most %s".formatted(Plural.of(window.capacity(), "launch")));
    }

    /** One line: both ends, the last launch, and the time until the next of them. */
    public String line() {
        var last = window.lastCall();
        var text = changesClocks() ? timeWithOffset(last) : time(last, window.zone());
        return "%s, last launch before %s, %s".formatted(span(), text, distance());
    }

    /** JSON form: instants in UTC, the zone, and the state {@code before}, {@code open} or {@code after}. */
    public Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        if (!window.name().isEmpty()) {
            json.put("name", window.name());
        }
        json.put("opens", window.open().toString());
        json.put("closes", window.close().toString());
        json.put("last_launch", window.lastCall().toString());
        json.put("zone", window.zone().toString());
        if (window.capacity() != null) {
            json.put("capacity", window.capacity());
        }
        json.put("state", window.isOverAt(now) ? "after" : window.isOpenAt(now) ? "open" : "before");
        return json;
    }

    /** Whether no launch is allowed any more. */
    public boolean isOver() {
        return window.isOverAt(now);
    }

    private String span() {
        var utc = span(ZoneOffset.UTC);
        var zone = window.zone();
        if (zone.normalized().equals(ZoneOffset.UTC)) {
            return utc + " UTC";
        }
        if (changesClocks()) {
            return "%s to %s %s, %s since the clocks change (UTC: %s)"
                    .formatted(
                            timeWithOffset(window.open()),
                            timeWithOffset(window.close()),
                            zone,
                            CountFormats.of(Duration.between(window.open(), window.close())),
                            utc);
        }
        var offset = offsetAt(window.open());
        var name = zone instanceof ZoneOffset ? offset.getId() : "%s (%s)".formatted(zone, offset);
        return "%s %s (UTC: %s)".formatted(span(zone), name, utc);
    }

    /** Whether the zone has another offset at the end than at the beginning, so that local times mislead. */
    private boolean changesClocks() {
        return !offsetAt(window.open()).equals(offsetAt(window.close()));
    }

    private ZoneOffset offsetAt(Instant instant) {
        return window.zone().getRules().getOffset(instant);
    }

    private String timeWithOffset(Instant instant) {
        return "%s %s".formatted(time(instant, window.zone()), offsetAt(instant));
    }

    private String span(ZoneId zone) {
        return time(window.open(), zone) + " to " + time(window.close(), zone);
    }

    private String distance() {
        if (window.isOverAt(now)) {
            return "over for " + CountFormats.of(Duration.between(window.lastCall(), now));
        }
        return window.isOpenAt(now)
                ? "open for another " + CountFormats.of(Duration.between(now, window.lastCall()))
                : "opens in " + CountFormats.of(Duration.between(now, window.open()));
    }

    private static String time(Instant instant, ZoneId zone) {
        return TIME.format(instant.atZone(zone));
    }
}
