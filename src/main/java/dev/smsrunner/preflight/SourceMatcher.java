package dev.smsrunner.preflight;

import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.SourceServer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the source server of each row, and its task: by task id, by source id, or by name and address. Reads every source and
 * every task once, by pages; what the job makes of a row that was found, its judge says.
 */
public final class SourceMatcher implements Examiner {

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

    private final SmsApi sms;
    private final SourceIndex sources;
    private final AccountTasks tasks;
    private final Judge judge;
    private final Map<String, Integer> taken = new HashMap<>();

    private SourceMatcher(SmsApi sms, SourceIndex sources, AccountTasks tasks, Judge judge) {
        this.sms = sms;
        this.sources = sources;
        this.tasks = tasks;
        this.judge = judge;
    }

    /** Looks at the account: all its sources and tasks (ListServers, ListTasks). */
    public static SourceMatcher look(SmsApi sms, Judge judge) {
        var sources = SourceIndex.look(sms);
        return new SourceMatcher(sms, sources, new AccountTasks(sms), judge);
    }

    @Override
    public void takenBy(String sourceId, int row) {
        taken.putIfAbsent(sourceId, row);
    }

    @Override
    public MatchedRow examine(InventoryRow row) {
        var wantedTask = row.value(Column.TASK_ID);
        var task = tasks.withId(wantedTask).orElse(null);
        if (!wantedTask.isEmpty() && task == null) {
            return rejected(row, Finding.error("There is no task %s (SMS.7703). Correct task_id.", wantedTask));
        }
        var match = namesNoSource(row) && task != null
                ? SourceMatch.one(sources, row, ofTask(task))
                : SourceMatch.of(sms, sources, row);
        return match.source() == null
                ? rejected(row, Objects.requireNonNull(match.finding()))
                : examine(row, match.source(), task);
    }

    private List<SourceServer> ofTask(MigrationTask task) {
        var id = Objects.requireNonNull(task.sourceServerId());
        var listed = sources.withId(id);
        return listed.isEmpty() && !sources.complete() ? List.of(sms.showSource(id)) : listed;
    }

    private MatchedRow examine(InventoryRow row, SourceServer source, @Nullable MigrationTask task) {
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
        var current = task == null ? currentTask(source) : task.id();
        if (current != null) {
            return judged(row, source, current);
        }
        var its = tasks.ofSource(id);
        return its.known() ? judged(row, source, lastTask(its.tasks())) : rejected(row, tasks.unknown(source));
    }

    private MatchedRow judged(InventoryRow row, SourceServer source, @Nullable String taskId) {
        var judged = judge.judge(new Found(row, source, taskId));
        return new MatchedRow(row, source, taskId, judged.findings(), judged.intention(), judged.facts());
    }

    private static @Nullable String currentTask(SourceServer source) {
        return source.currentTask() == null ? null : source.currentTask().id();
    }

    /** One that has not ended well, else any. */
    private static @Nullable String lastTask(List<MigrationTask> tasks) {
        return tasks.stream()
                .filter(task -> !task.taskState().isSuccess())
                .findFirst()
                .or(() -> tasks.stream().findFirst())
                .map(MigrationTask::id)
                .orElse(null);
    }

    private static boolean namesNoSource(InventoryRow row) {
        return row.sourceServerId().isEmpty()
                && row.value(Column.SERVER_NAME).isEmpty()
                && row.sourceIp().isEmpty();
    }

    private static MatchedRow rejected(InventoryRow row, Finding finding) {
        return new MatchedRow(row, null, null, List.of(finding), "", null);
    }
}
