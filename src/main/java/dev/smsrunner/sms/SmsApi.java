package dev.smsrunner.sms;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.ListCoverage;
import dev.smsrunner.cloud.ListWalk;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * SMS operations used by the runner (API reference 2026-01-27).
 *
 * <p>Every method throws {@link ApiException} when the call fails; its kind states whether the service may have
 * executed the call. An answer about another id than requested, or with missing content, fails with UNKNOWN.
 */
public interface SmsApi {

    /** Maximum page size of ListServers and ListTasks. */
    int PAGE = 200;

    /** Maximum number of ids in one call of DeleteTasks or DeleteServers (pages of 2026-01-27; 65535 before). */
    int MAX_DELETIONS = 50;

    /** Maximum page size of ListTemplates. */
    int TEMPLATE_PAGE = 100;

    /**
     * ListServers.
     *
     * @param offset counts sources, not pages
     * @param limit 1 to 200
     */
    SourcePage listSources(int offset, int limit);

    /**
     * ListServers, where only the states count: disks, checks and the proposed target may be left out of the result.
     *
     * @param offset counts sources, not pages
     * @param limit 1 to 200
     */
    default SourcePage listSourceStates(int offset, int limit) {
        return listSources(offset, limit);
    }

    /** ShowServer. */
    SourceServer showSource(String sourceId);

    /**
     * ListTasks.
     *
     * @param sourceServerId only the tasks of this source; null for all
     * @param offset counts tasks, not pages
     * @param limit 1 to 200
     */
    TaskPage listTasks(@Nullable String sourceServerId, int offset, int limit);

    /** ShowTask. */
    MigrationTask showTask(String taskId);

    /**
     * CreateTask.
     *
     * @return id of the new task
     */
    String createTask(CreateTask task);

    /** UpdateTask. */
    void updateTask(String taskId, UpdateTask update);

    /** ShowTask with all fields of the answer. */
    JsonNode showTaskFields(String taskId);

    /** UpdateTask with exactly these fields. */
    void updateTask(String taskId, ObjectNode fields);

    /** ShowsSpeedLimits: the limits by time of day as {@code speed_limit}; an empty list when there are none (SMS.6302). */
    JsonNode showSpeedLimits(String taskId);

    /** UpdateSpeed: replaces the limits by time of day, in the form of {@link SpeedLimits#json()}; an empty list removes all. */
    void limitSpeed(String taskId, JsonNode limits);

    /**
     * ShowConsistencyResult: the latest comparison of source and target; empty when there is none yet. {@code
     * is_consistency_result_exist} in ListServers states whether there is one.
     */
    Optional<ConsistencyResult> showConsistencyResult(String taskId);

    /** UpdateTaskStatus. Success means accepted, not done. */
    void act(String taskId, TaskAction action);

    /**
     * ListTemplates.
     *
     * @param limit 1 to 100
     */
    TemplatePage listTemplates(int offset, int limit);

    /** ShowTemplate. */
    VmTemplate showTemplate(String templateId);

    /**
     * UpdateCopyState, sent in the given letter case. Success proves nothing: according to the page, the update has no
     * effect in several states, so read the source again.
     *
     * @param copystate null to keep it
     * @param migrationcycle null to keep it
     */
    void changeState(String sourceId, @Nullable String copystate, @Nullable String migrationcycle);

    /**
     * DeleteTasks ({@code POST /v3/tasks/delete}, page of 2026-01-27). Success means accepted: a task is DELETING for a while,
     * then SMS.7703 answers a query. The page does not state what one refused id does to the others; query
     * each task again after a refusal.
     *
     * @param taskIds 1 to 50 ids, each once
     * @throws IllegalArgumentException when there are no or too many ids; nothing was sent
     */
    void deleteTasks(List<String> taskIds);

    /**
     * DeleteServers ({@code POST /v3/sources/delete}, page of 2026-01-27), with the rules of {@link #deleteTasks}. A deleted
     * source is absent from ListServers until its agent restarts.
     *
     * @param sourceIds 1 to 50 ids, each once
     * @throws IllegalArgumentException when there are no or too many ids; nothing was sent
     */
    void deleteSources(List<String> sourceIds);

    /**
     * Lists all sources page by page, each source once. The list may change meanwhile: pages overlap a little, so that
     * a source that moves up after a deletion is not missed.
     *
     * @param consumer receives the new sources of each page, all with an id
     * @return coverage of the list; a source missing from an incomplete list may still exist
     */
    default ListCoverage eachSourcePage(Consumer<SourcePage> consumer) {
        return eachSource(offset -> listSources(offset, PAGE), consumer);
    }

    /** Lists the states of all sources like {@link #eachSourcePage}; see {@link #listSourceStates}. */
    default ListCoverage eachSourceStatePage(Consumer<SourcePage> consumer) {
        return eachSource(offset -> listSourceStates(offset, PAGE), consumer);
    }

    private static ListCoverage eachSource(IntFunction<SourcePage> list, Consumer<SourcePage> consumer) {
        return new ListWalk<SourceServer>("ListServers", SourceServer::id)
                .walk(
                        offset -> {
                            var page = list.apply(offset);
                            return new ListWalk.Page<>(page.count(), page.sourceServers());
                        },
                        fresh -> consumer.accept(new SourcePage(null, fresh)));
    }

    /** Lists all tasks page by page, each task once, like {@link #eachSourcePage}. */
    default ListCoverage eachTaskPage(Consumer<TaskPage> consumer) {
        return eachTaskPage(null, consumer);
    }

    /**
     * Lists the tasks of one source like {@link #eachTaskPage(Consumer)}.
     *
     * @param sourceServerId only the tasks of this source; null for all
     */
    default ListCoverage eachTaskPage(@Nullable String sourceServerId, Consumer<TaskPage> consumer) {
        return new ListWalk<MigrationTask>("ListTasks", MigrationTask::id)
                .walk(
                        offset -> {
                            var page = listTasks(sourceServerId, offset, PAGE);
                            return new ListWalk.Page<>(page.count(), page.tasks());
                        },
                        fresh -> consumer.accept(new TaskPage(null, fresh)));
    }

    /** Lists all templates page by page, each template once, like {@link #eachSourcePage}. */
    default ListCoverage eachTemplatePage(Consumer<TemplatePage> consumer) {
        return new ListWalk<VmTemplate>("ListTemplates", VmTemplate::id)
                .walk(
                        offset -> {
                            var page = listTemplates(offset, TEMPLATE_PAGE);
                            return new ListWalk.Page<>(page.count(), page.templates());
                        },
                        fresh -> consumer.accept(new TemplatePage(null, fresh)));
    }

    /** The same operations, of which no write is sent at or after an instant. */
    SmsApi until(Instant latest);
}
