package dev.smsrunner.preflight;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.ListCoverage;
import dev.smsrunner.sms.Absence;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.SourceServer;
import dev.smsrunner.sms.TaskPage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Index of the account's migration tasks (ListTasks) by id and by source. When the list was incomplete, the single task or source
 * is queried before a task counts as absent.
 */
public final class AccountTasks {

    /**
     * The tasks of one source.
     *
     * @param complete whether the list contains every task of the source
     */
    public record SourceTasks(List<MigrationTask> tasks, boolean complete) {}

    private final SmsApi sms;
    private final Map<String, MigrationTask> byId = new HashMap<>();
    private final Map<String, List<MigrationTask>> bySource = new HashMap<>();
    private final ListCoverage coverage;

    /**
     * Reads all tasks of the account in pages of 200. Reads them a second time when the first list was incomplete, since the list
     * may change meanwhile.
     */
    public AccountTasks(SmsApi sms) {
        this.sms = sms;
        var first = sms.eachTaskPage(this::add);
        this.coverage = first.isComplete() ? first : readAgain();
    }

    private ListCoverage readAgain() {
        var coverage = sms.eachTaskPage(this::add);
        return new ListCoverage(Math.max(coverage.received(), byId.size()), coverage.announced());
    }

    private void add(TaskPage page) {
        page.tasks().stream().filter(task -> task.sourceServerId() != null).forEach(task -> {
            if (byId.putIfAbsent(key(Objects.requireNonNull(task.id())), task) == null) {
                bySource.computeIfAbsent(task.sourceServerId(), id -> new ArrayList<>(1))
                        .add(task);
            }
        });
    }

    /** Finding for a source whose tasks are not known. */
    public Finding unknownTasks(SourceServer source) {
        return Finding.error(
                "SMS listed only %s tasks and none of source %s. The source may still have one. Rerun later.",
                coverage, source.id());
    }

    /**
     * Task with this id, in any letter case. An incomplete list is supplemented by ShowTask.
     *
     * @throws ApiException when the service does not answer whether the task exists
     */
    Optional<MigrationTask> findById(String id) {
        var listed = byId.get(key(id));
        if (listed != null || coverage.isComplete() || id.isEmpty()) {
            return Optional.ofNullable(listed);
        }
        try {
            return Optional.of(sms.showTask(id)).filter(task -> task.sourceServerId() != null);
        } catch (ApiException ex) {
            if (Absence.ofTask(ex)) {
                return Optional.empty();
            }
            throw ex;
        }
    }

    /** Tasks of a source. Lists them by source (ListTasks) when the account list is incomplete and has none. */
    public SourceTasks findBySource(String source) {
        var listed = bySource.getOrDefault(source, List.of());
        if (!listed.isEmpty() || coverage.isComplete()) {
            return new SourceTasks(listed, true);
        }
        var own = new ArrayList<MigrationTask>();
        var coverageOfSource = sms.eachTaskPage(
                source,
                page -> page.tasks().stream()
                        .filter(task -> source.equals(task.sourceServerId()))
                        .forEach(own::add));
        return new SourceTasks(own, !own.isEmpty() || coverageOfSource.isComplete());
    }

    private static String key(String id) {
        return id.toLowerCase(Locale.ROOT);
    }
}
