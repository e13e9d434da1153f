package dev.smsrunner.sms;

import org.jspecify.annotations.Nullable;

/**
 * Migration task (ShowTask and ListTasks, API reference 2026-01-27); the fields that the runner
 * reads. Any field may be null, and some occur in only one of the two.
 *
 * @param state read it with {@link #taskState()}
 * @param speedLimit Mbit/s, 0 is none
 * @param errorJson JSON inside a string; read it with {@link #taskError()}
 * @param syncing documented for ListTasks in earlier editions, absent from both today
 * @param cloneServer clone created by clone_test, null without one
 * @param networkCheckInfo measurements of network_check, null without one
 */
@Payload
public record MigrationTask(
        @Nullable String id,
        @Nullable String name,
        @Nullable String state,
        @Nullable Integer speedLimit,
        @Nullable String errorJson,
        @Nullable String migrationIp,
        @Nullable SourceRef sourceServer,
        @Nullable Boolean syncing,
        @Nullable String regionName,
        @Nullable String projectName,
        @Nullable CloneServer cloneServer,
        @Nullable NetworkCheck networkCheckInfo) {

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
