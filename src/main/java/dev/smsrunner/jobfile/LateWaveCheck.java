package dev.smsrunner.jobfile;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds the waves of which no row can be launched in the cutover window, since they start when it takes no launch any more. */
final class LateWaveCheck {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm xxx", Locale.ROOT);

    private final RecordedCutover cutover;
    private final Set<String> late = new LinkedHashSet<>();
    private final List<String> warnings = new ArrayList<>();

    private LateWaveCheck(RecordedCutover cutover) {
        this.cutover = cutover;
    }

    /** A sentence for each of them, with what to do; empty when there is no window. */
    static List<String> warnings(RecordedCutover cutover) {
        var window = cutover.window();
        var waves = new LateWaveCheck(cutover);
        if (window != null) {
            cutover.waves().forEach(wave -> waves.start(wave, window));
            boolean spread = true;
            while (spread) {
                spread = waves.spreads();
            }
        }
        return waves.warnings;
    }

    private void start(String wave, CutoverSettings.Window window) {
        var text = cutover.start(wave);
        var start = text == null ? null : OffsetDateTime.parse(text).toInstant();
        if (start != null && window.isOverAt(start) && late.add(wave)) {
            warnings.add(
                    "waves.%s.start: no row of %s can be launched in the window: it starts %s, and the last call is %s; start the wave earlier, or close the window later"
                            .formatted(
                                    wave, wave, shown(start, window.zone()), shown(window.lastCall(), window.zone())));
        }
    }

    /** Whether a further wave was found that comes after a late one. */
    private boolean spreads() {
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

    private static String shown(Instant time, ZoneId zone) {
        return TIME.format(time.atZone(zone));
    }
}
