package dev.smsrunner.job.migrate;

import static dev.smsrunner.jobfile.MigrateSettings.*;

import dev.smsrunner.inventory.QuotedText;
import dev.smsrunner.jobfile.CutoverSettings.Window;
import dev.smsrunner.jobfile.CutoverWindows;
import dev.smsrunner.jobfile.EffectiveSettings;
import dev.smsrunner.jobfile.SettingDefinition;
import dev.smsrunner.support.Durations;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the cutover windows: one under {@code cutover.window}, or several with names under {@code cutover.windows}. */
record WindowReader(EffectiveSettings settings) {

    private static final String NAMED = "cutover.windows";
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,39}";
    private static final String STANDARD_LOCKOUT = "15m";

    /** Keys of one window. */
    private record Keys(
            SettingDefinition<ZonedDateTime> open,
            SettingDefinition<ZonedDateTime> close,
            SettingDefinition<Duration> lockout) {}

    /** Windows; a window that is invalid is left out. */
    CutoverWindows read() {
        if (settings.hasBlock(NAMED) || !names().isEmpty()) {
            return readNamed();
        }
        settings.find(ZONE);
        settings.names(WAVE_WINDOWS)
                .forEach(wave -> settings.problem(
                        WAVE_WINDOWS.at(wave),
                        "is set, but the job file has no " + NAMED,
                        "write the windows under " + NAMED + ", or remove the key"));
        return CutoverWindows.of(isOneGiven() ? read("", new Keys(OPEN, CLOSE, LOCKOUT), null) : null);
    }

    private CutoverWindows readNamed() {
        if (isOneGiven()) {
            settings.conflict(
                    NAMED_OPEN.at(names().stream().findFirst().orElse("fri")),
                    NAMED,
                    "cutover.window",
                    "write all windows under " + NAMED);
        }
        var windows = new ArrayList<Window>();
        names().forEach(name -> {
            var window = readNamed(name);
            if (window != null) {
                windows.add(window);
            }
        });
        if (names().isEmpty()) {
            settings.problem(
                    NAMED_OPEN.at("fri"),
                    "has no windows",
                    "write a name, with open and close below it, or remove the key");
        }
        assumeZone(windows);
        return new CutoverWindows(windows, readWaves(windows));
    }

    private @Nullable Window readNamed(String name) {
        if (!name.matches(NAME)) {
            settings.problem(
                    NAMED_OPEN.at(name),
                    QuotedText.of(name) + " is not the name of a window",
                    "write up to 40 letters, digits, - and _, such as fri");
            return null;
        }
        settings.find(NAMED_ZONE.at(name));
        var capacity = settings.find(NAMED_CAPACITY.at(name));
        var lockout = NAMED_LOCKOUT.at(name).withDefault(STANDARD_LOCKOUT);
        return read(name, new Keys(NAMED_OPEN.at(name), NAMED_CLOSE.at(name), lockout), capacity);
    }

    /** Lets the start of a wave be a local time, when all windows have the same zone. */
    private void assumeZone(List<Window> windows) {
        var zones = windows.stream().map(Window::zone).distinct().toList();
        if (zones.size() == 1) {
            settings.assume(ZONE, zones.get(0));
        }
    }

    private Map<String, List<String>> readWaves(List<Window> windows) {
        var byWave = new TreeMap<String, List<String>>();
        for (var wave : settings.names(WAVE_WINDOWS)) {
            var names = settings.find(WAVE_WINDOWS.at(wave));
            if (names != null && !names.isEmpty()) {
                byWave.put(wave, names);
                checkWave(wave, names, windows);
            }
        }
        return byWave;
    }

    private void checkWave(String wave, List<String> names, List<Window> windows) {
        var setting = WAVE_WINDOWS.at(wave);
        for (var name : names) {
            if (!names().contains(name)) {
                settings.unknown(setting, name, names());
            }
        }
        var used =
                windows.stream().filter(window -> names.contains(window.name())).toList();
        firstOverlap(used)
                .ifPresent(pair -> settings.problem(
                        setting,
                        "contains the windows %s and %s, which overlap"
                                .formatted(pair.get(0).name(), pair.get(1).name()),
                        "let one window of a wave close before the next opens"));
    }

    private static java.util.Optional<List<Window>> firstOverlap(List<Window> windows) {
        return windows.stream()
                .flatMap(one -> windows.stream()
                        .filter(other -> one.name().compareTo(other.name()) < 0 && one.overlaps(other))
                        .map(other -> List.of(one, other)))
                .findFirst();
    }

    private Set<String> names() {
        return settings.names(NAMED_OPEN, NAMED_CLOSE, NAMED_ZONE, NAMED_LOCKOUT, NAMED_CAPACITY);
    }

    private @Nullable Window read(String name, Keys keys, @Nullable Integer capacity) {
        ZonedDateTime open = settings.find(keys.open());
        ZonedDateTime close = settings.find(keys.close());
        Duration lockout = settings.value(keys.lockout());
        if (open == null || close == null) {
            return null;
        }
        new OffsetCheck(settings).compare(keys.close(), close, keys.open(), open);
        if (!close.isAfter(open)) {
            settings.conflict(
                    keys.close(),
                    QuotedText.of(close.toString()),
                    keys.open().key() + " " + open,
                    "write a close after the opening");
        } else if (!close.minus(lockout).isAfter(open)) {
            settings.conflict(
                    keys.lockout(),
                    Durations.write(lockout),
                    "a window from " + keys.open().key() + " to " + keys.close().key() + " of only "
                            + Durations.write(Duration.between(open, close)),
                    "make the lockout shorter or the window longer");
        }
        ZoneId zone = open.getZone();
        return new Window(name, open.toInstant(), close.toInstant(), lockout, zone, capacity);
    }

    private boolean isOneGiven() {
        return settings.hasBlock("cutover.window")
                || Stream.of(OPEN, CLOSE, ZONE, LOCKOUT).anyMatch(settings::has);
    }
}
