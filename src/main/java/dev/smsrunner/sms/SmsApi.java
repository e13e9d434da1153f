package dev.smsrunner.sms;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.ListCoverage;
import dev.smsrunner.cloud.ListWalk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The operations of SMS that the runner needs (API reference 2026-01-27).
 *
 * <p>Every method throws {@link ApiException} when the call did not succeed; its verdict says whether anything may have happened. An
 * answer about another id than the one asked for, or without what it must contain, has the verdict UNKNOWN.
 */
public interface SmsApi {

    /** The most that ListServers and ListTasks give at once. */
    int PAGE = 200;

    /** The most that ListTemplates gives at once. */
    int TEMPLATE_PAGE = 100;

    /**
     * ListServers.
     *
     * @param offset counts sources, not pages
     * @param limit 1 to 200
     */
    SourcePage listSources(int offset, int limit);

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

    /** ShowTask, with every field as it came. */
    JsonNode showTaskFields(String taskId);

    /** UpdateTask, with exactly these fields. */
    void updateTask(String taskId, ObjectNode fields);

    /** ShowsSpeedLimits: the limits by time of day as {@code speed_limit}, which is empty when there are none (SMS.6302). */
    JsonNode showSpeedLimits(String taskId);

    /** UpdateSpeed: these limits by time of day and no others, as {@link SpeedLimits#json()} has them; an empty list removes all. */
    void limitSpeed(String taskId, JsonNode limits);

    /**
     * ShowConsistencyResult: the comparison of source and target that ended last; empty when there is none yet. ListServers says
     * in {@code is_consistency_result_exist} whether there is one.
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
     * UpdateCopyState, sent in the given letter case. Success proves nothing: the page says that the update has no effect in several
     * states, so read the source back.
     *
     * @param copystate null to leave it
     * @param migrationcycle null to leave it
     */
    void changeState(String sourceId, @Nullable String copystate, @Nullable String migrationcycle);

    /**
     * All sources, page by page, each source once. The list may change meanwhile: pages overlap a little, so that a source that moves up
     * when another one is deleted is still seen.
     *
     * @param consumer gets the sources of each page that were not in an earlier one, all with an id
     * @return how much of the list was shown; of an incomplete list, a source that is missing may be there all the same
     */
    default ListCoverage eachSourcePage(Consumer<SourcePage> consumer) {
        return new ListWalk<SourceServer>("ListServers", SourceServer::id)
                .walk(
                        offset -> {
                            var page = listSources(offset, PAGE);
                            return new ListWalk.Page<>(page.count(), page.sourceServers());
                        },
                        fresh -> consumer.accept(new SourcePage(null, fresh)));
    }

    /** All sources, each once; for accounts of up to a few thousand servers. */
    default List<SourceServer> allSources() {
        List<SourceServer> all = new ArrayList<>();
        eachSourcePage(page -> all.addAll(page.sourceServers()));
        return all;
    }

    /** All tasks, page by page, each task once, as {@link #eachSourcePage}. */
    default ListCoverage eachTaskPage(Consumer<TaskPage> consumer) {
        return eachTaskPage(null, consumer);
    }

    /**
     * The same of the tasks of one source.
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

    /** All templates, page by page, each template once, as {@link #eachSourcePage}. */
    default ListCoverage eachTemplatePage(Consumer<TemplatePage> consumer) {
        return new ListWalk<VmTemplate>("ListTemplates", VmTemplate::id)
                .walk(
                        offset -> {
                            var page = listTemplates(offset, TEMPLATE_PAGE);
                            return new ListWalk.Page<>(page.count(), page.templates());
                        },
                        fresh -> consumer.accept(new TemplatePage(null, fresh)));
    }
}
