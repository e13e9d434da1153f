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
 * Preflight of the other jobs: finds the source server and the task of each row, by task id, source id, or name and address.
 * Reads all sources and tasks once, in pages. The assessor of the job checks the rows that were matched.
 */
public final class SourceMatcher implements Examiner {

    /**
     * Row with its source server.
     *
     * @param taskId task of the source, null when it has none
     */
    public record Candidate(
            InventoryRow row, SourceServer source, @Nullable String taskId) {}

    /**
     * Result of the job's checks of a row.
     *
     * @param plannedChange planned change, for a plan
     * @param facts facts for later stages, as JSON; null when there are none
     */
    public record Assessment(
            List<Finding> findings,
            String plannedChange,
            @Nullable String facts) {}

    /** Checks the rows of one job; may query the service, changes nothing. */
    @FunctionalInterface
    public interface RowAssessor {
        /** Checks one row. */
        Assessment assess(Candidate candidate);
    }

    private final SmsApi sms;
    private final SourceIndex sources;
    private final AccountTasks tasks;
    private final RowAssessor assessor;
    private final Map<String, Integer> rowBySource = new HashMap<>();

    private SourceMatcher(SmsApi sms, SourceIndex sources, AccountTasks tasks, RowAssessor assessor) {
        this.sms = sms;
        this.sources = sources;
        this.tasks = tasks;
        this.assessor = assessor;
    }

    /** Reads all sources and tasks of the account (ListServers, ListTasks). */
    public static SourceMatcher load(SmsApi sms, RowAssessor assessor) {
        var sources = SourceIndex.load(sms);
        return new SourceMatcher(sms, sources, new AccountTasks(sms), assessor);
    }

    @Override
    public void reserve(String sourceId, int row) {
        rowBySource.putIfAbsent(sourceId, row);
    }

    /** Whether the account has a task with this id. */
    public boolean hasTask(String taskId) {
        return tasks.findById(taskId).isPresent();
    }

    /** Whether the account has no source with this id; false as well when SMS has not listed all sources. */
    public boolean isAbsent(String sourceId) {
        return sources.isComplete() && sources.findById(sourceId).isEmpty();
    }

    /** Tasks of a source (ListTasks), see {@link AccountTasks#findBySource}. */
    public AccountTasks.SourceTasks tasksOf(String sourceId) {
        return tasks.findBySource(sourceId);
    }

    /** Finding for a source whose tasks are not known. */
    public Finding unknownTasks(SourceServer source) {
        return tasks.unknownTasks(source);
    }

    @Override
    public PreflightResult examine(InventoryRow row) {
        var taskId = row.value(Column.TASK_ID);
        var task = tasks.findById(taskId).orElse(null);
        if (!taskId.isEmpty() && task == null) {
            return PreflightResult.ofUnmatched(
                    row, Finding.error("Task %s does not exist (SMS.7703). Correct task_id.", taskId));
        }
        var match = namesNoSource(row) && task != null
                ? SourceMatch.requireOne(sources, row, sourcesOf(task))
                : SourceMatch.of(sms, sources, row);
        return match.source() == null
                ? PreflightResult.ofUnmatched(row, Objects.requireNonNull(match.finding()))
                : examine(row, match.source(), task);
    }

    private List<SourceServer> sourcesOf(MigrationTask task) {
        var id = Objects.requireNonNull(task.sourceServerId());
        var listed = sources.findById(id);
        return listed.isEmpty() && !sources.isComplete() ? List.of(sms.showSource(id)) : listed;
    }

    private PreflightResult examine(InventoryRow row, SourceServer source, @Nullable MigrationTask task) {
        var id = Objects.requireNonNull(source.id());
        if (task != null && !id.equalsIgnoreCase(task.sourceServerId())) {
            return PreflightResult.ofUnmatched(
                    row,
                    Finding.error(
                            "The task %s belongs to the source %s, not to %s. Correct the row.",
                            task.id(), task.sourceServerId(), id));
        }
        var earlier = rowBySource.putIfAbsent(id, row.row());
        if (earlier != null && earlier != row.row()) {
            return PreflightResult.ofUnmatched(
                    row, Finding.error("Source %s is already used by row %d. Keep one of the rows.", id, earlier));
        }
        var current = task == null ? source.currentTaskId() : task.id();
        if (current != null) {
            return assess(row, source, current);
        }
        var ownTasks = tasks.findBySource(id);
        return ownTasks.complete()
                ? assess(row, source, lastTask(ownTasks.tasks()))
                : PreflightResult.ofUnmatched(row, tasks.unknownTasks(source));
    }

    private PreflightResult assess(InventoryRow row, SourceServer source, @Nullable String taskId) {
        var assessment = assessor.assess(new Candidate(row, source, taskId));
        return PreflightResult.ofSource(
                row, source, taskId, assessment.findings(), assessment.plannedChange(), assessment.facts());
    }

    /** Task that has not succeeded, else any task. */
    private static @Nullable String lastTask(List<MigrationTask> tasks) {
        return tasks.stream()
                .filter(task -> !task.taskState().isSuccess())
                .findFirst()
                .or(() -> tasks.stream().findFirst())
                .map(MigrationTask::id)
                .orElse(null);
    }

    /** Whether the row names its source neither by id nor by name or address. */
    public static boolean namesNoSource(InventoryRow row) {
        return row.sourceServerId().isEmpty()
                && row.value(Column.SERVER_NAME).isEmpty()
                && row.sourceIp().isEmpty();
    }
}
