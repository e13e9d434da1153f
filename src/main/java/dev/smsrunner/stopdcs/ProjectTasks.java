package dev.smsrunner.stopdcs;

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

/** One look at all tasks of some projects; a project that DCS does not tell of spoils only its own rows. */
final class ProjectTasks {

    private final DcsApi dcs;
    private final Instant lookedAt;
    private final Map<String, Map<String, DcsTask>> tasks = new HashMap<>();
    private final Map<String, ListCoverage> coverage = new HashMap<>();
    private final Map<String, ApiException> refusals = new HashMap<>();

    ProjectTasks(DcsApi dcs, Instant lookedAt) {
        this.dcs = dcs;
        this.lookedAt = lookedAt;
    }

    /** The task as the list of its project shows it. */
    DcsObservation listed(String project, String taskId) {
        look(project);
        if (refusals.containsKey(project)) {
            return DcsObservation.refused(refusals.get(project), lookedAt);
        }
        var task = tasks.get(project).get(taskId);
        return task == null ? DcsObservation.absent(lookedAt) : DcsObservation.of(task, lookedAt);
    }

    /** Asks for the one task, since a list may lag, and a deleted task is in none (ShowMigrationTask). */
    DcsObservation alone(String project, String taskId) {
        try {
            return DcsObservation.of(dcs.showTask(project, taskId), lookedAt);
        } catch (ApiException ex) {
            if (StopRefusal.deleted(ex)) {
                return DcsObservation.deleted(lookedAt);
            }
            if (ex.kind() == CallFailureKind.REFUSED) {
                return DcsObservation.refused(ex, lookedAt);
            }
            throw ex;
        }
    }

    /** The tasks of that name in the project. */
    List<DcsTask> named(String project, String name) {
        look(project);
        return tasks.getOrDefault(project, Map.of()).values().stream()
                .filter(task -> name.equals(task.name()))
                .toList();
    }

    /** How many of its tasks DCS showed; null when it does not tell of the project. */
    @Nullable
    ListCoverage coverage(String project) {
        look(project);
        return coverage.get(project);
    }

    /** Why DCS does not tell of the project, null when it does. */
    @Nullable
    ApiException refusal(String project) {
        look(project);
        return refusals.get(project);
    }

    private void look(String project) {
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
