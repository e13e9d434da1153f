package dev.smsrunner.sms;

import org.jspecify.annotations.Nullable;

/**
 * Current task of a source ({@code current_task} of ListServers and ShowServer, API reference 2026-01-27).
 *
 * @param subtaskInfo the running subtask and its percentage, for example {@code ATTACH_AGENT_IMAGE-90}
 * @param existServer whether the target server is an existing one; neither in ShowTask nor in ListTasks
 * @param usePublicIp whether the source uses the public network; neither in ShowTask nor in ListTasks
 */
@Payload
public record CurrentTask(
        @Nullable String id,
        @Nullable String name,
        @Nullable String state,
        @Nullable String type,
        @Nullable String vmTemplateId,
        @Nullable ServerRef targetServer,
        @Nullable String subtaskInfo,
        @Nullable Boolean existServer,
        @Nullable Boolean usePublicIp,
        @Nullable String regionId,
        @Nullable String projectId) {

    public TaskState taskState() {
        return TaskState.of(state);
    }
}
