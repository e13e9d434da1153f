package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.LaunchOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A job file, checked and complete: every setting has its effective value.
 *
 * @param file the job file as it was named
 * @param job what is to be done
 * @param inventory the inventory, resolved against the job file
 * @param service where the service is
 * @param defaults values for empty cells by column name; in jobs other than migrate, those of the job's own block
 * @param limits how much at once
 * @param watch how running tasks are looked at
 * @param retry what happens after a failure
 * @param cutover when targets are launched
 * @param report where reports go
 * @param notifying who is told of the run
 * @param simulator the simulator; null unless the endpoint is {@code simulator}
 * @param action the block of the job action; null in other jobs
 * @param changestate the block of the job changestate; null in other jobs
 * @param update the block of the job update; null in other jobs
 * @param stopDcs the block of the job stop-dcs; null in other jobs
 * @param after by wave the waves that its launches wait for; waves that wait for none are not in it
 * @param text the file as read, before the environment and the overrides
 * @param settings the effective settings by dotted key, defaults included, paths relative to the job file
 * @param defaulted keys of the settings that nobody wrote: they have their default
 * @param hash lower case hex SHA-256 of the settings: same hash, same job
 */
public record JobFile(
        Path file,
        JobKind job,
        Path inventory,
        ServiceSettings service,
        Map<String, String> defaults,
        LimitSettings limits,
        WatchSettings watch,
        RetrySettings retry,
        CutoverSettings cutover,
        ReportSettings report,
        NotifySettings notifying,
        @Nullable SimulatedService simulator,
        @Nullable ActionSettings action,
        @Nullable ChangestateSettings changestate,
        @Nullable UpdateSettings update,
        @Nullable StopDcsSettings stopDcs,
        Map<String, List<String>> after,
        String text,
        SortedMap<String, String> settings,
        Set<String> defaulted,
        String hash) {

    /** What it says of the order of launches, as far as an inventory can contradict it. */
    public LaunchOrder launchOrder() {
        return new LaunchOrder(
                after, cutover.when() == CutoverSettings.When.AUTO, new RecordedCutover(settings).waves());
    }

    /** What is worth knowing of the job and stops nothing: settings that cannot have their effect together. */
    public List<String> warnings() {
        return LateWaveCheck.warnings(new RecordedCutover(settings));
    }

    /**
     * What differs from earlier settings, in the order of the keys; empty when nothing does. A key that an earlier version did
     * not know is no difference while it has its default.
     */
    public List<Change> changesSince(Map<String, String> earlier) {
        TreeSet<String> keys = new TreeSet<>(settings.keySet());
        keys.addAll(earlier.keySet());
        List<Change> changes = new ArrayList<>();
        for (String key : keys) {
            Change change = new Change(key, earlier.get(key), settings.get(key));
            boolean isNew = change.before() == null && defaulted.contains(key);
            if (!isNew && !Objects.equals(change.before(), change.now())) {
                changes.add(change);
            }
        }
        return changes;
    }

    /**
     * One setting that is not what it was.
     *
     * @param key the dotted key
     * @param before the earlier value; null = it was not there
     * @param now the present value; null = it is not there any more
     */
    public record Change(
            String key, @Nullable String before, @Nullable String now) {

        @Override
        public String toString() {
            return key + ": " + (before == null ? "(none)" : before) + " -> " + (now == null ? "(none)" : now);
        }
    }
}
