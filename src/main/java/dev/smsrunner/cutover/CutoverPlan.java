package dev.smsrunner.cutover;

import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.jobfile.CutoverWindows;
import dev.smsrunner.jobfile.RecordedCutover;
import dev.smsrunner.ledger.LedgerRow;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Recorded settings of a run for the order of starts and launches.
 *
 * @param migrates whether the job is {@code migrate}; other jobs launch nothing
 * @param when launch mode
 * @param windows time windows for launches; none = any time
 * @param atClose handling of the tasks that are not launched when the last window is over; null = the run waits for its copies
 * @param launches maximum number of concurrent launches; null = no limit
 * @param pace minimum time between two launches
 * @param concurrent maximum number of servers under way at once
 * @param waves rules by name of the wave; waves without settings are absent
 * @param gates rules of the gates, by name
 * @param hold time that the run waits for launches by an operator; null when it does not wait
 */
public record CutoverPlan(
        boolean migrates,
        CutoverSettings.LaunchMode when,
        CutoverWindows windows,
        CutoverSettings.@Nullable AtClose atClose,
        @Nullable Integer launches,
        Duration pace,
        int concurrent,
        Map<String, WaveRule> waves,
        List<GateRule> gates,
        @Nullable Duration hold) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm xxx", Locale.ROOT);
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);

    /** Plan from the recorded settings of a run. Keys that an earlier version did not record have no effect. */
    public static CutoverPlan fromSettings(Map<String, String> settings) {
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
                cutover.windows(),
                cutover.atClose(),
                cutover.launches(),
                cutover.pace(),
                cutover.concurrent(),
                Map.copyOf(waves),
                GateRule.all(settings),
                cutover.hold());
    }

    /** Rule of a wave. */
    public WaveRule wave(String name) {
        return waves.getOrDefault(name, WaveRule.NONE);
    }

    /** Gate with this name; empty when there is none. */
    public Optional<GateRule> gate(String name) {
        return gates.stream().filter(gate -> gate.name().equals(name)).findFirst();
    }

    /** Waves that launches of this wave wait for. */
    public List<String> after(String wave) {
        return wave(wave).after();
    }

    /** Times at which the row may be launched. */
    public RowWindows windowsOf(LedgerRow row) {
        return RowWindows.of(row, windows);
    }

    /**
     * Whether dependencies and earlier waves hold the start of the copy. Where SMS launches the target by itself when the copy
     * ends, only a held start keeps the order.
     */
    public boolean holdsStarts() {
        return when == CutoverSettings.LaunchMode.AUTO && windows.isEmpty();
    }

    /** Time as text, in the zone of the first window, else in UTC. */
    public String format(Instant time) {
        return TIME.format(time.atZone(zone()));
    }

    /** Time as text with seconds, rounded up. */
    String formatToTheSecond(Instant time) {
        return SECONDS.format(time.plusNanos(999_999_999).atZone(zone()));
    }

    private ZoneId zone() {
        return windows.isEmpty() ? ZoneOffset.UTC : windows.all().get(0).zone();
    }

    /** Time as text, in the zone of the window. */
    static String format(Instant time, CutoverSettings.Window window) {
        return TIME.format(time.atZone(window.zone()));
    }

    static String format(OffsetDateTime time) {
        return TIME.format(time);
    }
}
