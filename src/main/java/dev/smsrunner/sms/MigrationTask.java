package dev.smsrunner.sms;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Migration task (ShowTask and ListTasks, API reference 2026-01-27); any field may be null, and some occur in only one
 * of the two.
 *
 * @param state read it with {@link #taskState()}
 * @param priority 0 low, 1 standard, 2 high
 * @param createDate milliseconds since 1970, like startDate, finishDate and estimateCompleteTime
 * @param speedLimit Mbit/s, 0 is none
 * @param migrateSpeed documented as MB/s up to 2025 and as Mbit/s since: for display only
 * @param errorJson JSON inside a string; read it with {@link #taskError()}
 * @param totalTime seconds
 * @param remainSeconds seconds, only in ShowTask
 * @param syncing documented for ListTasks in earlier editions, absent from both today
 * @param cloneServer clone created by clone_test, null without one
 * @param networkCheckInfo measurements of network_check, null without one
 */
@Payload
public record MigrationTask(
        @Nullable String id,
        @Nullable String name,
        @Nullable String type,
        @Nullable String osType,
        @Nullable String state,
        @Nullable Integer priority,
        @Nullable Long createDate,
        @Nullable Long startDate,
        @Nullable Long finishDate,
        @Nullable Long estimateCompleteTime,
        @Nullable Integer speedLimit,
        @Nullable Double migrateSpeed,
        @Nullable Boolean startTargetServer,
        @Nullable String errorJson,
        @Nullable Long totalTime,
        @Nullable Long remainSeconds,
        @Nullable String migrationIp,
        @Nullable SourceRef sourceServer,
        @Nullable ServerRef targetServer,
        @Nullable String subtaskInfo,
        List<SubTask> subTasks,
        @Nullable Boolean connected,
        @Nullable Boolean syncing,
        @Nullable String regionId,
        @Nullable String regionName,
        @Nullable String projectId,
        @Nullable String projectName,
        @Nullable String vmTemplateId,
        @Nullable CloneServer cloneServer,
        @Nullable NetworkCheck networkCheckInfo) {

    public MigrationTask {
        subTasks = Elements.of(subTasks);
    }

    public TaskState taskState() {
        return TaskState.of(state);
    }

    /** Id of the source, null when the answer has none. */
    public @Nullable String sourceServerId() {
        return sourceServer == null ? null : sourceServer.id();
    }

    /** Error of the task, null when there is none. */
    public @Nullable TaskError taskError() {
        return TaskError.parse(errorJson);
    }
}
