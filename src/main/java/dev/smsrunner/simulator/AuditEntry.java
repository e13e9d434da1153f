package dev.smsrunner.simulator;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call to the simulated service, or a background event in it.
 *
 * @param seq 1, 2, 3 ... over the lifetime of the world
 * @param virtualTime world time of the effect
 * @param realTime clock time at which it was recorded
 * @param operation operation name of the API ({@code CreateTask}), the action ({@code start}, {@code test}), or
 *     {@code launch}, {@code finish}, {@code fail}, {@code vanish} for a background event
 * @param source id of the source server, or null
 * @param task id of the task, or null
 * @param requestId X-Request-Id of the answer, or null for a background event
 * @param effect effect of the call
 * @param status HTTP status of the answer, 0 for a background event
 * @param code error code of a refusal or failure, or null
 * @param before task state/source state/cycle before, or null
 * @param after task state/source state/cycle afterwards, or null
 * @param target target of the task when it was started or launched, otherwise null
 * @param actor caller: the masked key, the token's user, {@code anonymous}, {@code service} or {@code console}
 */
@RecordBuilder
public record AuditEntry(
        long seq,
        Instant virtualTime,
        Instant realTime,
        String operation,
        @Nullable String source,
        @Nullable String task,
        @Nullable String requestId,
        Effect effect,
        int status,
        @Nullable String code,
        @Nullable String before,
        @Nullable String after,
        @Nullable Target target,
        String actor) {

    /**
     * Target of a task.
     *
     * @param existing whether the target server is an existing one
     * @param server id of the existing target server, empty for a new one
     * @param region id of the region
     * @param project id of the project
     */
    public record Target(boolean existing, String server, String region, String project) {}

    /** Effect of a call on the world. */
    public enum Effect {
        /** The call changed the world. */
        EXECUTED,
        /** The call was refused and changed nothing. */
        REFUSED,
        /** The call was refused because the task's state forbids it. A well-behaved caller never causes this. */
        VIOLATION,
        /** The call only read, or was accepted without an effect. */
        NONE
    }
}
