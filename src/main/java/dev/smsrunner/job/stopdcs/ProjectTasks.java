package dev.smsrunner.job.stopdcs;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.cloud.ListCoverage;
import dev.smsrunner.dcs.DcsApi;
import dev.smsrunner.dcs.DcsTask;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One observation of all tasks of some projects. A project that DCS refuses to list affects only its own rows. */
final class ProjectTasks {

    private final DcsApi dcs;
    private final Instant observedAt;
    private final Map<String, Map<String, DcsTask>> tasks = new HashMap<>();
    private final Map<String, ListCoverage> coverage = new HashMap<>();
    private final Map<String, ApiException> refusals = new HashMap<>();

    ProjectTasks(DcsApi dcs, Instant observedAt) {
        this.dcs = dcs;
        this.observedAt = observedAt;
    }

    /** Task as the list of its project shows it. */
    DcsObservation findListed(String project, String taskId) {
        load(project);
        var refusal = refusals.get(project);
        if (refusal != null) {
            return DcsObservation.refused(refusal, observedAt);
        }
        var task = tasks.getOrDefault(project, Map.of()).get(taskId);
        return task == null ? DcsObservation.absent(observedAt) : DcsObservation.of(task, observedAt);
    }

    /** Queries a single task, since a list may lag and does not contain deleted tasks (ShowMigrationTask). */
    DcsObservation observeAlone(String project, String taskId) {
        try {
            return DcsObservation.of(dcs.showTask(project, taskId), observedAt);
        } catch (ApiException ex) {
            if (StopRefusal.isDeleted(ex)) {
                return DcsObservation.deleted(observedAt);
            }
            if (ex.kind() == CallFailureKind.REFUSED) {
                return DcsObservation.refused(ex, observedAt);
            }
            throw ex;
        }
    }

    /** Tasks with that name in the project. */
    List<DcsTask> findByName(String project, String name) {
        load(project);
        return tasks.getOrDefault(project, Map.of()).values().stream()
                .filter(task -> name.equals(task.name()))
                .toList();
    }

    /** Share of the project's tasks that DCS listed; null when DCS refused the list. */
    @Nullable
    ListCoverage coverage(String project) {
        load(project);
        return coverage.get(project);
    }

    /** Error of the project's list, null when it succeeded. */
    @Nullable
    ApiException refusal(String project) {
        load(project);
        return refusals.get(project);
    }

    private void load(String project) {
        if (tasks.containsKey(project) || refusals.containsKey(project)) {
            return;
        }
        try {
            var all = new HashMap<String, DcsTask>();
            coverage.put(project, dcs.eachTask(project, task -> all.put(task.id(), task)));
            tasks.put(project, all);
        } catch (ApiException ex) {
            if (ex.kind() != CallFailureKind.REFUSED) {
                throw ex;
            }
            refusals.put(project, ex);
        }
    }
}
