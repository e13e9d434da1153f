package dev.smsrunner.sms;

import org.jspecify.annotations.Nullable;

/**
 * Current task of a source ({@code current_task} of ListServers and ShowServer, API reference 2026-01-27).
 *
 * @param migrateSpeed documented as MB/s up to 2025 and as Mbit/s since: for display only
 * @param remainSeconds seconds
 * @param subtaskInfo the running subtask and its percentage, for example {@code ATTACH_AGENT_IMAGE-90}
 * @param speedLimit Mbit/s, 0 is none
 * @param existServer whether the target server is an existing one; neither in ShowTask nor in ListTasks
 * @param usePublicIp whether the source uses the public network; neither in ShowTask nor in ListTasks
 * @param startDate milliseconds since 1970
 */
@Payload
public record CurrentTask(
        @Nullable String id,
        @Nullable String name,
        @Nullable String state,
        @Nullable String type,
        @Nullable String vmTemplateId,
        @Nullable ServerRef targetServer,
        @Nullable Double migrateSpeed,
        @Nullable Long remainSeconds,
        @Nullable String subtaskInfo,
        @Nullable Integer speedLimit,
        @Nullable Boolean startTargetServer,
        @Nullable Boolean existServer,
        @Nullable Boolean usePublicIp,
        @Nullable String regionId,
        @Nullable String projectId,
        @Nullable Long startDate) {

    public TaskState taskState() {
        return TaskState.of(state);
    }
}
