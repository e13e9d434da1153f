package dev.smsrunner.preflight;

import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.SourceServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the source server of each row, and its task: by task id, by source id, or by name and address. Reads every source and
 * every task once, by pages; what the job makes of a row that was found, its judge says.
 */
public final class Matching implements Examiner {

    /**
     * A row with the one source that it names.
     *
     * @param taskId its task, null when it has none
     */
    public record Found(
            InventoryRow row, SourceServer source, @Nullable String taskId) {}

    /**
     * What a job makes of a row.
     *
     * @param intention what would be done for it
     * @param facts what the later stages need to know, as JSON; null when there is nothing
     */
    public record Judged(
            List<Finding> findings,
            String intention,
            @Nullable String facts) {}

    /** Judges the rows of one job; may ask the service, changes nothing. */
    @FunctionalInterface
    public interface Judge {
        /** What is to be made of the row. */
        Judged judge(Found found);
    }

    private final Sources sources;
    private final Map<String, MigrationTask> tasks;
    private final Judge judge;
    private final Map<String, Integer> taken = new HashMap<>();

    private Matching(Sources sources, Map<String, MigrationTask> tasks, Judge judge) {
        this.sources = sources;
        this.tasks = tasks;
        this.judge = judge;
    }

    /** Looks at the account: all its sources and tasks (ListServers, ListTasks). */
    public static Matching look(SmsApi sms, Judge judge) {
        var sources = new Sources();
        sms.eachSourcePage(page -> page.sourceServers().forEach(sources::add));
        var tasks = new HashMap<String, MigrationTask>();
        sms.eachTaskPage(page -> page.tasks().forEach(task -> {
            if (task.id() != null && task.sourceServerId() != null) {
                tasks.put(task.id().toLowerCase(Locale.ROOT), task);
            }
        }));
        return new Matching(sources, tasks, judge);
    }

    @Override
    public void takenBy(String sourceId, int row) {
        taken.putIfAbsent(sourceId, row);
    }

    @Override
    public Matched examine(InventoryRow row) {
        var wantedTask = row.value(Column.TASK_ID);
        var task = tasks.get(wantedTask.toLowerCase(Locale.ROOT));
        if (!wantedTask.isEmpty() && task == null) {
            return rejected(row, Finding.error("There is no task %s (SMS.7703). Correct task_id.", wantedTask));
        }
        var matching = namesNoSource(row) && task != null
                ? sources.withId(Objects.requireNonNull(task.sourceServerId()))
                : sources.matching(row);
        if (matching.size() != 1) {
            return rejected(row, Preflight.noOne(sources, row, matching));
        }
        return examine(row, matching.get(0), task);
    }

    private Matched examine(InventoryRow row, SourceServer source, @Nullable MigrationTask task) {
        var id = Objects.requireNonNull(source.id());
        if (task != null && !id.equalsIgnoreCase(task.sourceServerId())) {
            return rejected(
                    row,
                    Finding.error(
                            "The task %s belongs to the source %s, not to %s. Correct the row.",
                            task.id(), task.sourceServerId(), id));
        }
        var earlier = taken.putIfAbsent(id, row.row());
        if (earlier != null && earlier != row.row()) {
            return rejected(
                    row, Finding.error("The source %s is named by row %d too. Keep one of the rows.", id, earlier));
        }
        var taskId = task == null ? taskOf(source) : task.id();
        var judged = judge.judge(new Found(row, source, taskId));
        return new Matched(row, source, taskId, judged.findings(), judged.intention(), judged.facts());
    }

    private @Nullable String taskOf(SourceServer source) {
        var current = source.currentTask();
        if (current != null && current.id() != null) {
            return current.id();
        }
        var ended = new ArrayList<String>();
        for (var task : tasks.values()) {
            if (Objects.equals(source.id(), task.sourceServerId())) {
                if (!task.taskState().isSuccess()) {
                    return task.id();
                }
                ended.add(task.id());
            }
        }
        return ended.isEmpty() ? null : ended.get(0);
    }

    private static boolean namesNoSource(InventoryRow row) {
        return row.sourceServerId().isEmpty()
                && row.value(Column.SERVER_NAME).isEmpty()
                && row.sourceIp().isEmpty();
    }

    private static Matched rejected(InventoryRow row, Finding finding) {
        return new Matched(row, null, null, List.of(finding), "", null);
    }
}
