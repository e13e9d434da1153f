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

/** Reads what the job file says of waves: which others come before, when they start, and how many servers at once. */
final class WaveReader {

    private static final int MOST = 1000;

    private final EffectiveSettings settings;
    private final TimeSettingReader times;

    /** @param zone of times without an offset; null when none is given */
    WaveReader(EffectiveSettings settings, @Nullable ZoneId zone) {
        this.settings = settings;
        this.times = new TimeSettingReader(settings, zone);
    }

    /**
     * Records what is given, and nothing for what is not.
     *
     * @return by wave the names of the waves that its launches wait for
     */
    Map<String, List<String>> read() {
        Map<String, List<String>> after = new TreeMap<>();
        for (String wave : waves()) {
            List<String> before = after(wave);
            if (!before.isEmpty()) {
                after.put(wave, before);
            }
            start(wave);
            String concurrent = SettingKeys.ofWave(wave, SettingKeys.WAVE_CONCURRENT);
            if (settings.given().has(concurrent)) {
                settings.whole(concurrent, MOST, 1, MOST);
            }
        }
        return after;
    }

    private Set<String> waves() {
        Set<String> waves = new LinkedHashSet<>();
        settings.given().all().forEach(setting -> {
            String wave = SettingKeys.waveOf(setting.key());
            if (!wave.isEmpty()) {
                waves.add(wave);
            }
        });
        return waves;
    }

    private List<String> after(String wave) {
        String key = SettingKeys.ofWave(wave, SettingKeys.WAVE_AFTER);
        Setting given = settings.given().get(key);
        if (given == null) {
            return List.of();
        }
        List<String> before = new ArrayList<>();
        named(wave).forEach(other -> {
            if (isBefore(key, other, wave)) {
                before.add(other);
            }
        });
        settings.record(key, String.join(", ", before));
        return before;
    }

    /** Waves start in the order of their names: one that waits for a later one would keep the later one's places. */
    private boolean isBefore(String key, String other, String wave) {
        if (other.isEmpty()) {
            settings.problem(key, "names a wave that has no name", "write the names of waves, separated by commas");
        } else if (other.equals(wave)) {
            settings.problem(
                    key, "makes " + QuotedText.of(wave) + " wait for itself", "name the waves that come before");
        } else if (WaveOrder.NATURAL.compare(other, wave) > 0) {
            later(key, other, wave);
        } else {
            return true;
        }
        return false;
    }

    private void later(String key, String other, String wave) {
        List<String> circle = path(other, wave);
        if (!circle.isEmpty()) {
            settings.problem(
                    key,
                    "closes a circle of waves that wait for each other: " + wave + " -> " + String.join(" -> ", circle),
                    "remove one of these waves from after");
        } else if (!waves().contains(other)) {
            settings.problem(
                    key,
                    "names the wave " + QuotedText.of(other) + ", which is not under waves ("
                            + String.join(", ", waves()) + ") and would start after " + QuotedText.of(wave),
                    "correct the name; waves start in the order of their names");
        } else {
            settings.problem(
                    key,
                    "makes " + QuotedText.of(wave) + " wait for " + QuotedText.of(other) + ", which starts later",
                    "waves start in the order of their names: rename one of the two");
        }
    }

    /** The waves from the first to the last, each of which waits for the next; empty when the first does not wait for the last. */
    private List<String> path(String from, String to) {
        Map<String, String> cameFrom = new HashMap<>();
        Deque<String> left = new ArrayDeque<>(List.of(from));
        while (!left.isEmpty()) {
            String wave = left.poll();
            for (String before : named(wave)) {
                if (cameFrom.putIfAbsent(before, wave) == null) {
                    left.add(before);
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

    /** What stands under {@code after} of the wave. */
    private List<String> named(String wave) {
        Setting given = settings.given().get(SettingKeys.ofWave(wave, SettingKeys.WAVE_AFTER));
        return given == null
                ? List.of()
                : Arrays.stream(given.text().split(",")).map(String::strip).toList();
    }

    private void start(String wave) {
        Setting given = settings.given().get(SettingKeys.ofWave(wave, SettingKeys.WAVE_START));
        ZonedDateTime time = given == null ? null : times.read(given);
        if (time != null) {
            settings.record(given.key(), time.toOffsetDateTime());
        }
    }
}
