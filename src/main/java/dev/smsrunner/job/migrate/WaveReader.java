package dev.smsrunner.job.migrate;

import static dev.smsrunner.jobfile.MigrateSettings.*;

import dev.smsrunner.inventory.QuotedText;
import dev.smsrunner.inventory.WaveOrder;
import dev.smsrunner.jobfile.EffectiveSettings;
import dev.smsrunner.jobfile.MigrateSettings;
import dev.smsrunner.jobfile.SettingDefinition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads the settings of waves: preceding waves, start time and limit of servers. */
record WaveReader(EffectiveSettings settings) {

    /**
     * Records the settings that are present.
     *
     * @return names of the waves that the launches of a wave wait for, by wave
     */
    Map<String, List<String>> read() {
        Map<String, List<String>> after = new TreeMap<>();
        for (String wave : waves()) {
            List<String> before = after(wave);
            if (!before.isEmpty()) {
                after.put(wave, before);
            }
            var start = settings.find(WAVE_START.at(wave));
            var open = settings.known(OPEN);
            if (start != null && open != null) {
                new OffsetCheck(settings).compare(WAVE_START.at(wave), start, OPEN, open);
            }
            settings.find(WAVE_CONCURRENT.at(wave));
        }
        return after;
    }

    private Set<String> waves() {
        return settings.names(WAVE_AFTER, WAVE_WINDOWS, WAVE_START, WAVE_CONCURRENT);
    }

    private List<String> after(String wave) {
        var after = WAVE_AFTER.at(wave);
        List<String> names = settings.find(after);
        return names == null
                ? List.of()
                : names.stream().filter(other -> isBefore(after, other, wave)).toList();
    }

    /**
     * Whether the other wave starts earlier. Waves start in the order of their names: a wave that waits for a later wave would
     * keep its places.
     */
    private boolean isBefore(SettingDefinition<?> setting, String other, String wave) {
        if (other.isEmpty()) {
            settings.problem(setting, "contains an empty wave name", "write the names of waves, separated by commas");
        } else if (other.equals(wave)) {
            settings.problem(
                    setting, "makes " + QuotedText.of(wave) + " wait for itself", "write the waves that come before");
        } else if (WaveOrder.NATURAL.compare(other, wave) > 0) {
            reportLaterWave(setting, other, wave);
        } else {
            return true;
        }
        return false;
    }

    private void reportLaterWave(SettingDefinition<?> setting, String other, String wave) {
        List<String> cycle = path(other, wave);
        if (!cycle.isEmpty()) {
            settings.problem(
                    setting,
                    "closes a cycle of waves that wait for each other: " + wave + " -> " + String.join(" -> ", cycle),
                    "remove one of these waves from after");
        } else if (!waves().contains(other)) {
            settings.problem(
                    setting,
                    "contains the wave " + QuotedText.of(other) + ", which is not under waves ("
                            + String.join(", ", waves()) + ") and would start after " + QuotedText.of(wave),
                    "correct the name; waves start in the order of their names");
        } else {
            settings.problem(
                    setting,
                    "makes " + QuotedText.of(wave) + " wait for " + QuotedText.of(other) + ", which starts later",
                    "waves start in the order of their names: rename one of the two");
        }
    }

    /** Path of waves from the first to the last, each waiting for the next; empty when the first does not wait for the last. */
    private List<String> path(String from, String to) {
        Map<String, String> cameFrom = new HashMap<>();
        Deque<String> queue = new ArrayDeque<>(List.of(from));
        while (!queue.isEmpty()) {
            String wave = queue.poll();
            for (String before : namesUnderAfter(wave)) {
                if (cameFrom.putIfAbsent(before, wave) == null) {
                    queue.add(before);
                }
            }
        }
        Deque<String> path = new ArrayDeque<>();
        for (String wave = cameFrom.containsKey(to) ? to : null; wave != null; wave = cameFrom.get(wave)) {
            path.addFirst(wave);
            if (wave.equals(from)) {
                return List.copyOf(path);
            }
        }
        return List.of();
    }

    /** Names in {@code after} of the wave. */
    private List<String> namesUnderAfter(String wave) {
        return MigrateSettings.waveNames(settings.text(WAVE_AFTER.at(wave)));
    }
}
