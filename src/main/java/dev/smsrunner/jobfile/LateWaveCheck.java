package dev.smsrunner.jobfile;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds waves that start after the last call of their cutover windows, so that none of their rows can be launched in them. */
final class LateWaveCheck {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm xxx", Locale.ROOT);

    private final RecordedCutover cutover;
    private final Set<String> late = new LinkedHashSet<>();
    private final List<String> warnings = new ArrayList<>();

    private LateWaveCheck(RecordedCutover cutover) {
        this.cutover = cutover;
    }

    /** One warning for each such wave, with a remedy; empty without a window. */
    static List<String> warnings(RecordedCutover cutover) {
        var windows = cutover.windows();
        var waves = new LateWaveCheck(cutover);
        if (!windows.isEmpty()) {
            cutover.waves()
                    .forEach(wave -> windows.of(wave, "").stream()
                            .max(Comparator.comparing(CutoverSettings.Window::lastCall))
                            .ifPresent(last -> waves.checkStart(wave, last)));
            boolean changed = true;
            while (changed) {
                changed = waves.addFollowers();
            }
        }
        return waves.warnings;
    }

    private void checkStart(String wave, CutoverSettings.Window window) {
        var text = cutover.start(wave);
        var start = text == null ? null : OffsetDateTime.parse(text).toInstant();
        if (start != null && window.isOverAt(start) && late.add(wave)) {
            warnings.add(
                    "waves.%s.start: no row of %s can be launched in the window: it starts %s, and the last call%s is %s; start the wave earlier, or close the window later"
                            .formatted(
                                    wave,
                                    wave,
                                    format(start, window.zone()),
                                    window.name().isEmpty() ? "" : " of " + window.label(),
                                    format(window.lastCall(), window.zone())));
        }
    }

    /** Adds waves that come after a late wave; returns whether it found one. */
    private boolean addFollowers() {
        var found = false;
        for (var wave : cutover.waves()) {
            for (var before : cutover.after(wave)) {
                if (late.contains(before) && late.add(wave)) {
                    warnings.add(
                            "waves.%s.after: no row of %s can be launched in the window, since it comes after %s, which starts too late"
                                    .formatted(wave, wave, before));
                    found = true;
                }
            }
        }
        return found;
    }

    private static String format(Instant time, ZoneId zone) {
        return TIME.format(time.atZone(zone));
    }
}
