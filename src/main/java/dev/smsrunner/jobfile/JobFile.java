package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.ColumnMapping;
import dev.smsrunner.inventory.LaunchOrder;
import dev.smsrunner.inventory.LaunchWindow;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Checked job file; every setting has its effective value.
 *
 * @param file path of the job file as given
 * @param job the job
 * @param inventory the inventory, resolved against the job file
 * @param columns columns of the inventory that have other names in its header
 * @param service endpoint and authentication
 * @param defaults values for empty cells by column name; in other jobs than migrate, the values of the job's own block
 * @param limits limits of concurrency and call rate
 * @param watch polling of running tasks
 * @param retry handling of temporary failures
 * @param cutover launch of targets
 * @param report directory of the reports
 * @param notification notifications about the run
 * @param simulator the simulator; null unless the endpoint is {@code simulator}
 * @param after waves that the launches of a wave wait for, by wave; waves that wait for none are absent
 * @param values typed values of all settings
 * @param text text of the file, before environment and overrides
 * @param settings the effective settings by dotted key, defaults included, paths relative to the job file
 * @param defaultedKeys keys that have their default
 * @param hash lower case hex SHA-256 of the settings; equal hashes mean equal jobs
 * @param valueWarnings warnings about doubtful values, each with its key
 */
public record JobFile(
        Path file,
        JobDefinition job,
        Path inventory,
        ColumnMapping columns,
        ServiceSettings service,
        Map<String, String> defaults,
        LimitSettings limits,
        WatchSettings watch,
        RetrySettings retry,
        CutoverSettings cutover,
        ReportSettings report,
        NotifySettings notification,
        @Nullable SimulatedService simulator,
        Map<String, List<String>> after,
        Map<String, List<String>> gates,
        SettingValues values,
        String text,
        SortedMap<String, String> settings,
        Set<String> defaultedKeys,
        String hash,
        List<String> valueWarnings) {

    /** Launch order, as far as an inventory can contradict it. */
    public LaunchOrder launchOrder() {
        return new LaunchOrder(
                after,
                cutover.when() == CutoverSettings.LaunchMode.AUTO,
                new RecordedCutover(settings).waves(),
                gates,
                launchWindows());
    }

    private Map<String, List<LaunchWindow>> launchWindows() {
        var windows = cutover.windows();
        var byWave = new TreeMap<String, List<LaunchWindow>>();
        if (!windows.isEmpty()) {
            byWave.put("", windows.all().stream().map(JobFile::launchWindow).toList());
            windows.byWave()
                    .keySet()
                    .forEach(wave -> byWave.put(
                            wave,
                            windows.of(wave, "").stream()
                                    .map(JobFile::launchWindow)
                                    .toList()));
        }
        return byWave;
    }

    private static LaunchWindow launchWindow(CutoverSettings.Window window) {
        var text = "%s to %s"
                .formatted(
                        window.open().atZone(window.zone()).toOffsetDateTime(),
                        window.lastCall().atZone(window.zone()).toOffsetDateTime());
        return new LaunchWindow(window.name(), window.open(), window.lastCall(), window.close(), text);
    }

    /** Warnings about doubtful values and about settings that cannot take effect together. */
    public List<String> warnings(Instant now) {
        var all = new ArrayList<>(valueWarnings);
        all.addAll(LateWaveCheck.warnings(new RecordedCutover(settings)));
        cutover.windows().all().forEach(window -> all.addAll(window.warnings(now)));
        return all;
    }

    /**
     * Differences from earlier settings, in the order of the keys. A key that an earlier version did not know counts only if its
     * value differs from the default.
     */
    public List<Change> changesSince(Map<String, String> earlier) {
        TreeSet<String> keys = new TreeSet<>(settings.keySet());
        keys.addAll(earlier.keySet());
        List<Change> changes = new ArrayList<>();
        for (String key : keys) {
            Change change = new Change(key, earlier.get(key), settings.get(key));
            boolean isNew = change.before() == null && defaultedKeys.contains(key);
            if (!isNew && !Objects.equals(change.before(), change.current())) {
                changes.add(change);
            }
        }
        return changes;
    }

    /**
     * Change of one setting.
     *
     * @param key the dotted key
     * @param before earlier value; null = none
     * @param current current value; null = none
     */
    public record Change(
            String key, @Nullable String before, @Nullable String current) {

        @Override
        public String toString() {
            return key + ": " + (before == null ? "(none)" : before) + " -> " + (current == null ? "(none)" : current);
        }
    }
}
