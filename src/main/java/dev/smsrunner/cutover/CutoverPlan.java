package dev.smsrunner.cutover;

import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.jobfile.RecordedCutover;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the job file says of the order of starts and launches, as a run has recorded it.
 *
 * @param migrates whether the job is {@code migrate}; other jobs launch nothing
 * @param when who launches the targets
 * @param window the time for launches; null = any time
 * @param launches how many targets may be launching at once; null = no limit
 * @param pace the shortest time between two launches
 * @param concurrent how many servers may be under way at once
 * @param waves by name of the wave; waves of which nothing is said are not in it
 */
public record CutoverPlan(
        boolean migrates,
        CutoverSettings.When when,
        CutoverSettings.@Nullable Window window,
        @Nullable Integer launches,
        Duration pace,
        int concurrent,
        Map<String, WaveRule> waves) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm xxx", Locale.ROOT);
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);

    /** The plan among the settings that a run was recorded with; keys that an earlier version did not know have no effect. */
    public static CutoverPlan recorded(Map<String, String> settings) {
        var cutover = new RecordedCutover(settings);
        var waves = new HashMap<String, WaveRule>();
        for (var wave : cutover.waves()) {
            var start = cutover.start(wave);
            waves.put(
                    wave,
                    new WaveRule(
                            cutover.after(wave),
                            start == null ? null : OffsetDateTime.parse(start),
                            cutover.concurrent(wave)));
        }
        return new CutoverPlan(
                cutover.migrates(),
                cutover.when(),
                cutover.window(),
                cutover.launches(),
                cutover.pace(),
                cutover.concurrent(),
                Map.copyOf(waves));
    }

    /** What is said of the wave. */
    public WaveRule wave(String name) {
        return waves.getOrDefault(name, WaveRule.NONE);
    }

    /** The waves that launches of this wave wait for. */
    public List<String> after(String wave) {
        return wave(wave).after();
    }

    /**
     * Whether dependencies and earlier waves hold the start of the copy: where SMS launches the target by itself when the copy
     * ends, the start is the last moment at which the order can be kept.
     */
    public boolean holdsStarts() {
        return when == CutoverSettings.When.AUTO && window == null;
    }

    /** A time for people, in the zone of the window, else in UTC. */
    public String shown(Instant time) {
        return TIME.format(time.atZone(zone()));
    }

    /** The same to the second, rounded up. */
    String shownToTheSecond(Instant time) {
        return SECONDS.format(time.plusNanos(999_999_999).atZone(zone()));
    }

    private ZoneId zone() {
        return window == null ? ZoneOffset.UTC : window.zone();
    }

    static String shown(OffsetDateTime time) {
        return TIME.format(time);
    }
}
