package dev.smsrunner.dcs;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.ListCoverage;
import dev.smsrunner.cloud.ListWalk;
import java.util.List;
import java.util.function.Consumer;

/**
 * The operations of DCS v2 that the runner needs. Every method throws {@link ApiException} when the call did not succeed; its
 * verdict says whether anything may have happened.
 */
public interface DcsApi {

    /** So many tasks are listed at once. */
    int PAGE = 200;

    /** Maximum number of tasks of one batch stop (BatchStopMigrationTasks, Chinese page of 2025). */
    int MOST_STOPPED = 50;

    /**
     * ListMigrationTask.
     *
     * @param offset counts tasks, not pages
     */
    DcsPage listTasks(String projectId, int offset, int limit);

    /** ShowMigrationTask. A deleted task answers HTTP 400 with DCS.4133. */
    DcsTask showTask(String projectId, String taskId);

    /** ShowMigrationTaskStats: progress of an online migration. */
    DcsStats showStats(String projectId, String taskId);

    /**
     * BatchStopMigrationTasks (API reference 2024-11-06). Success means dispatched; an item may have failed in it.
     *
     * @return one result per task that the answer names
     */
    List<StopResult> stopTasks(String projectId, List<String> taskIds);

    /**
     * All tasks of a project, each once.
     *
     * @param consumer gets the tasks of each page that were not in an earlier one
     * @return how much of the list was shown; of an incomplete list, a task that is missing may be there all the same
     */
    default ListCoverage eachTask(String projectId, Consumer<DcsTask> consumer) {
        return new ListWalk<DcsTask>("ListMigrationTask", DcsTask::id)
                .walk(
                        offset -> {
                            var page = listTasks(projectId, offset, PAGE);
                            return new ListWalk.Page<>(page.count(), page.tasks());
                        },
                        fresh -> fresh.forEach(consumer));
    }
}
