package dev.smsrunner.jobfile;

import dev.smsrunner.jobfile.CutoverSettings.Window;
import dev.smsrunner.support.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Time windows for launches.
 *
 * @param all windows in the order of their openings; none = launches at any time
 * @param byWave names of the windows that a wave may use; a wave that is absent may use all windows
 */
public record CutoverWindows(List<Window> all, Map<String, List<String>> byWave) {

    private static final Comparator<Window> BY_TIME =
            Comparator.comparing(Window::open).thenComparing(Window::name);

    /** No windows: launches at any time. */
    public static final CutoverWindows NONE = new CutoverWindows(List.of(), Map.of());

    /** Sorts the windows. */
    public CutoverWindows {
        all = all.stream().sorted(BY_TIME).toList();
        byWave = Map.copyOf(byWave);
    }

    /** The one window of {@code cutover.window}; null = no window. */
    public static CutoverWindows of(@Nullable Window window) {
        return window == null ? NONE : new CutoverWindows(List.of(window), Map.of());
    }

    /** Windows in the recorded settings of a run. */
    public static CutoverWindows fromSettings(Map<String, String> settings) {
        var windows = new ArrayList<Window>();
        read(settings, "", "cutover.window").ifPresent(windows::add);
        var names = new TreeSet<String>();
        settings.keySet().stream()
                .map(MigrateSettings.NAMED_OPEN::nameIn)
                .filter(name -> !name.isEmpty())
                .forEach(names::add);
        names.forEach(name -> read(settings, name, "cutover.windows." + name).ifPresent(windows::add));
        var byWave = new TreeMap<String, List<String>>();
        settings.forEach((key, list) -> {
            var wave = MigrateSettings.WAVE_WINDOWS.nameIn(key);
            if (!wave.isEmpty()) {
                byWave.put(wave, MigrateSettings.waveNames(list));
            }
        });
        return new CutoverWindows(windows, byWave);
    }

    private static Optional<Window> read(Map<String, String> settings, String name, String block) {
        var open = settings.get(block + ".open");
        var close = settings.get(block + ".close");
        if (open == null || close == null) {
            return Optional.empty();
        }
        var lockout = Durations.parse(settings.getOrDefault(block + ".lockout", "0s"));
        var capacity = settings.getOrDefault(block + ".capacity", "");
        return Optional.of(new Window(
                name,
                Instant.parse(open),
                Instant.parse(close),
                lockout.orElse(Duration.ZERO),
                ZoneId.of(settings.getOrDefault(block + ".zone", "UTC")),
                capacity.matches("\\d{1,9}") ? Integer.valueOf(capacity) : null));
    }

    /** Whether there are no windows, so that launches are allowed at any time. */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** Window with this name. */
    public Optional<Window> find(String name) {
        return all.stream().filter(window -> window.name().equals(name)).findFirst();
    }

    /**
     * Windows of a row, in the order of their openings.
     *
     * @param wave wave of the row; empty for none
     * @param name window in the row itself, the only one that it may use; empty for none
     */
    public List<Window> of(String wave, String name) {
        if (!name.isEmpty()) {
            return find(name).map(List::of).orElse(List.of());
        }
        var names = byWave.get(wave);
        return names == null
                ? all
                : all.stream().filter(window -> names.contains(window.name())).toList();
    }

    /** Whether no window allows a further launch; false without windows. */
    public boolean isOverAt(Instant now) {
        return !isEmpty() && all.stream().allMatch(window -> window.isOverAt(now));
    }

    /** Whether any window allows a launch at this instant; true without windows. */
    public boolean isAnyOpenAt(Instant now) {
        return isEmpty() || all.stream().anyMatch(window -> window.isOpenAt(now));
    }

    /** Window that is open, else the next one, else the one that ended last; empty without windows. */
    public Optional<Window> currentAt(Instant now) {
        return all.stream()
                .filter(window -> !window.isOverAt(now))
                .min(Comparator.comparing((Window window) -> !window.isOpenAt(now))
                        .thenComparing(BY_TIME))
                .or(() -> all.stream().max(Comparator.comparing(Window::lastCall)));
    }
}
