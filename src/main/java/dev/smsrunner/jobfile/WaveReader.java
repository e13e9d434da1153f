package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.QuotedText;
import dev.smsrunner.inventory.WaveOrder;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the settings of waves: preceding waves, start time and limit of servers. */
final class WaveReader {

    private static final int MAX_CONCURRENT = 1000;

    private final EffectiveSettings settings;
    private final TimeSettingReader times;

    /** @param zone zone of times without an offset; null when none is set */
    WaveReader(EffectiveSettings settings, @Nullable ZoneId zone) {
        this.settings = settings;
        this.times = new TimeSettingReader(settings, zone);
    }

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
            start(wave);
            String concurrent = SettingKeys.waveKey(wave, SettingKeys.WAVE_CONCURRENT);
            if (settings.raw().has(concurrent)) {
                settings.integer(concurrent, MAX_CONCURRENT, 1, MAX_CONCURRENT);
            }
        }
        return after;
    }

    private Set<String> waves() {
        Set<String> waves = new LinkedHashSet<>();
        settings.raw().all().forEach(setting -> {
            String wave = SettingKeys.waveOf(setting.key());
            if (!wave.isEmpty()) {
                waves.add(wave);
            }
        });
        return waves;
    }

    private List<String> after(String wave) {
        String key = SettingKeys.waveKey(wave, SettingKeys.WAVE_AFTER);
        Setting given = settings.raw().get(key);
        if (given == null) {
            return List.of();
        }
        List<String> before = new ArrayList<>();
        namesUnderAfter(wave).forEach(other -> {
            if (isBefore(key, other, wave)) {
                before.add(other);
            }
        });
        settings.record(key, String.join(", ", before));
        return before;
    }

    /**
     * Whether the other wave starts earlier. Waves start in the order of their names: a wave that waits for a later wave would
     * keep its places.
     */
    private boolean isBefore(String key, String other, String wave) {
        if (other.isEmpty()) {
            settings.problem(key, "contains an empty wave name", "write the names of waves, separated by commas");
        } else if (other.equals(wave)) {
            settings.problem(
                    key, "makes " + QuotedText.of(wave) + " wait for itself", "write the waves that come before");
        } else if (WaveOrder.NATURAL.compare(other, wave) > 0) {
            reportLaterWave(key, other, wave);
        } else {
            return true;
        }
        return false;
    }

    private void reportLaterWave(String key, String other, String wave) {
        List<String> cycle = path(other, wave);
        if (!cycle.isEmpty()) {
            settings.problem(
                    key,
                    "closes a cycle of waves that wait for each other: " + wave + " -> " + String.join(" -> ", cycle),
                    "remove one of these waves from after");
        } else if (!waves().contains(other)) {
            settings.problem(
                    key,
                    "contains the wave " + QuotedText.of(other) + ", which is not under waves ("
                            + String.join(", ", waves()) + ") and would start after " + QuotedText.of(wave),
                    "correct the name; waves start in the order of their names");
        } else {
            settings.problem(
                    key,
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
        Setting given = settings.raw().get(SettingKeys.waveKey(wave, SettingKeys.WAVE_AFTER));
        return given == null
                ? List.of()
                : Arrays.stream(given.text().split(",")).map(String::strip).toList();
    }

    private void start(String wave) {
        Setting given = settings.raw().get(SettingKeys.waveKey(wave, SettingKeys.WAVE_START));
        if (given == null) {
            return;
        }
        ZonedDateTime time = times.read(given);
        if (time != null) {
            settings.record(given.key(), time.toOffsetDateTime());
        }
    }
}
