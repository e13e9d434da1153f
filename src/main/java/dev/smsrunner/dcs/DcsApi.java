package dev.smsrunner.dcs;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.ListCoverage;
import dev.smsrunner.cloud.ListWalk;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * DCS v2 operations used by the runner. Every method throws {@link ApiException} when the call fails; its kind states
 * whether the service may have executed the call.
 */
public interface DcsApi {

    /** Page size of task lists. */
    int PAGE = 200;

    /** Maximum number of tasks of one batch stop (BatchStopMigrationTasks, Chinese page of 2025). */
    int MAX_STOPS = 50;

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
     * BatchStopMigrationTasks (API reference 2024-11-06). Success means dispatched; single items may have failed.
     *
     * @return one result per task in the answer
     */
    List<StopResult> stopTasks(String projectId, List<String> taskIds);

    /**
     * Lists all tasks of a project, each once.
     *
     * @param consumer receives the new tasks of each page
     * @return coverage of the list; a task missing from an incomplete list may still exist
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

    /** The same operations, of which no write is sent at or after an instant. */
    DcsApi until(Instant latest);
}
