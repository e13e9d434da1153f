package dev.smsrunner.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was asked of the simulated service, or that happened in it.
 *
 * @param seq 1, 2, 3 ... over the whole life of the world
 * @param virtualTime world time of the effect
 * @param realTime clock time at which it was recorded
 * @param operation operation name of the API ({@code CreateTask}), the action word ({@code start}, {@code test}), or
 *     {@code launch}, {@code finish}, {@code fail}, {@code vanish} for what happened by itself
 * @param source id of the source server, or null
 * @param task id of the task, or null
 * @param requestId X-Request-Id of the answer, or null for what happened by itself
 * @param effect whether anything changed
 * @param status HTTP status of the answer, 0 for what happened by itself
 * @param code error code of a refusal or failure, or null
 * @param before task state/source state/cycle before, or null
 * @param after the same afterwards, or null
 * @param target where the task led when it was started or launched, or null for anything else
 * @param actor who asked: the masked key, the token's user, {@code anonymous}, {@code service} or {@code console}
 */
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
     * Where a task leads.
     *
     * @param existing whether the target server is an existing one
     * @param server id of the existing target server, empty for a new one
     * @param region id of the region
     * @param project id of the project
     */
    public record Target(boolean existing, String server, String region, String project) {}

    /** Whether a call changed anything. */
    public enum Effect {
        /** The call changed the world. */
        EXECUTED,
        /** The call was refused and changed nothing. */
        REFUSED,
        /** The call was refused because the task's state forbids it: a well-behaved caller never gets here. */
        VIOLATION,
        /** The call only looked, or changed nothing although it was accepted. */
        NONE
    }
}
