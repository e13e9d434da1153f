package dev.smsrunner.jobfile;

import static dev.smsrunner.jobfile.MigrateSettings.*;

import dev.smsrunner.support.Durations;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Settings for starts and launches in the recorded settings of a run.
 *
 * @param settings all recorded settings by dotted key
 */
public record RecordedCutover(Map<String, String> settings) {

    /** Whether the job is {@code migrate}. */
    public boolean migrates() {
        return JOB.equals(settings.getOrDefault(SharedSettings.JOB, JOB));
    }

    /** Launch mode. */
    public CutoverSettings.LaunchMode when() {
        var name = settings.get(WHEN.key());
        return Arrays.stream(CutoverSettings.LaunchMode.values())
                .filter(when -> when.name().equalsIgnoreCase(name))
                .findFirst()
                .orElse(CutoverSettings.LaunchMode.SYNCED);
    }

    /** Cutover windows. */
    public CutoverWindows windows() {
        return CutoverWindows.fromSettings(settings);
    }

    /**
     * Handling of the tasks that are not launched when the last window is over. Null for {@code cutover.window} without {@code
     * cutover.at-close}: such a run waits for its copies after the window.
     */
    public CutoverSettings.@Nullable AtClose atClose() {
        var name = settings.getOrDefault(AT_CLOSE.key(), "").replace('-', '_');
        boolean named =
                windows().all().stream().anyMatch(window -> !window.name().isEmpty());
        if (name.isEmpty() && named) {
            return CutoverSettings.AtClose.KEEP_SYNCING;
        }
        return Arrays.stream(CutoverSettings.AtClose.values())
                .filter(choice -> choice.name().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    /** Maximum number of concurrent launches; null when there is no limit. */
    public @Nullable Integer launches() {
        return integer(LAUNCHES.key());
    }

    /** Minimum time between two launches; zero when there is none. */
    public Duration pace() {
        return Durations.parse(settings.getOrDefault(PACE.key(), "")).orElse(Duration.ZERO);
    }

    /** Time that the run waits for launches by an operator; null when it does not wait. */
    public @Nullable Duration hold() {
        return Durations.parse(settings.getOrDefault(HOLD.key(), "")).orElse(null);
    }

    /** Maximum number of servers under way at once. */
    public int concurrent() {
        var limit = integer(SharedSettings.CONCURRENT.key());
        return limit == null ? Integer.parseInt(SharedSettings.CONCURRENT.standard()) : limit;
    }

    /** Names of the waves with settings. */
    public Set<String> waves() {
        var waves = new TreeSet<String>();
        settings.keySet().stream()
                .map(MigrateSettings::waveOf)
                .filter(wave -> !wave.isEmpty())
                .forEach(waves::add);
        return waves;
    }

    /** Waves that launches of the wave wait for. */
    public List<String> after(String wave) {
        var names = settings.getOrDefault(WAVE_AFTER.at(wave).key(), "");
        return Arrays.stream(names.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Earliest start of the wave, in ISO 8601 with an offset; null when there is none. */
    public @Nullable String start(String wave) {
        return settings.get(WAVE_START.at(wave).key());
    }

    /** Maximum number of servers of the wave under way at once; null when there is no limit. */
    public @Nullable Integer concurrent(String wave) {
        return integer(WAVE_CONCURRENT.at(wave).key());
    }

    private @Nullable Integer integer(String key) {
        var text = settings.getOrDefault(key, "");
        return text.matches("\\d{1,9}") ? Integer.valueOf(text) : null;
    }
}
