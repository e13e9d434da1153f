package dev.smsrunner.jobfile;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The settings about starts and launches that a run was recorded with.
 *
 * @param settings all of them, by dotted key
 */
public record RecordedCutover(Map<String, String> settings) {

    private static final int CONCURRENT = 100;

    /** Whether the job is {@code migrate}. */
    public boolean migrates() {
        return JobKind.MIGRATE.word().equals(settings.getOrDefault(SettingKeys.JOB, JobKind.MIGRATE.word()));
    }

    /** Who launches the targets. */
    public CutoverSettings.When when() {
        var word = settings.get(SettingKeys.WHEN);
        return Arrays.stream(CutoverSettings.When.values())
                .filter(when -> when.name().equalsIgnoreCase(word))
                .findFirst()
                .orElse(CutoverSettings.When.SYNCED);
    }

    /** The time for launches; null when there is none. */
    public CutoverSettings.@Nullable Window window() {
        return CutoverSettings.Window.recorded(settings).orElse(null);
    }

    /** How many targets may be launching at once; null when there is no limit. */
    public @Nullable Integer launches() {
        return whole(SettingKeys.LAUNCHES);
    }

    /** The shortest time between two launches, zero when there is none. */
    public Duration pace() {
        return Durations.parse(settings.getOrDefault(SettingKeys.PACE, "0s")).orElse(Duration.ZERO);
    }

    /** How many servers may be under way at once. */
    public int concurrent() {
        var limit = whole(SettingKeys.CONCURRENT);
        return limit == null ? CONCURRENT : limit;
    }

    /** The names of the waves of which something is said. */
    public Set<String> waves() {
        var waves = new TreeSet<String>();
        settings.keySet().stream()
                .map(SettingKeys::waveOf)
                .filter(wave -> !wave.isEmpty())
                .forEach(waves::add);
        return waves;
    }

    /** The waves that launches of the wave wait for. */
    public List<String> after(String wave) {
        var names = settings.getOrDefault(SettingKeys.ofWave(wave, SettingKeys.WAVE_AFTER), "");
        return Arrays.stream(names.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** The time before which the wave does not start, in ISO 8601 with an offset; null when there is none. */
    public @Nullable String start(String wave) {
        return settings.get(SettingKeys.ofWave(wave, SettingKeys.WAVE_START));
    }

    /** How many servers of the wave may be under way at once; null when nothing is said. */
    public @Nullable Integer concurrent(String wave) {
        return whole(SettingKeys.ofWave(wave, SettingKeys.WAVE_CONCURRENT));
    }

    private @Nullable Integer whole(String key) {
        var text = settings.getOrDefault(key, "");
        return text.matches("\\d{1,9}") ? Integer.valueOf(text) : null;
    }
}
