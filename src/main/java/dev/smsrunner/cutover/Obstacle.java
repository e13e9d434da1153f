package dev.smsrunner.cutover;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * First obstacle between an open row and its next step.
 *
 * @param kind kind of the obstacle
 * @param text details for display, without the kind
 * @param since time since when it is known to hold the row; null when the ledger has none
 * @param until time at which it ends by itself; null when unknown
 * @param rows numbers of the rows that hold this one, nearest first; empty when no row does
 */
public record Obstacle(
        Kind kind,
        String text,
        @Nullable Instant since,
        @Nullable Instant until,
        List<Integer> rows) {

    /** Kinds of obstacles. */
    public enum Kind {
        /** The service cannot be reached. */
        API,
        /** An operator paused the run. Nothing new is started. */
        PAUSED,
        /** The answer of a call was lost. An observation must show whether SMS executed it. */
        LOST_ANSWER,
        /** The service shows a state that this version does not know. The runner waits. */
        UNKNOWN_STATE,
        /** The agent on the source server is disconnected. */
        AGENT,
        /** No change for a long time, or no bytes copied. */
        STALLED,
        /** The copy is much slower than before. */
        SLOW,
        /** All bytes are copied, but the server does not get in sync. */
        NOT_IN_SYNC,
        /** SMS paused the task because it copied faster than its limit. */
        OVER_SPEED,
        /** Another user paused the task. */
        TASK_PAUSED,
        /** The files of source and target differ, so the target is not launched. */
        CONSISTENCY,
        /** The service reports a condition that needs an operator. */
        ATTENTION,
        /** The runner retries the row later. */
        BACKOFF,
        /** The migration task has yet to be created or updated. */
        TASK,
        /** The start time of the wave is not reached. */
        START,
        /** An earlier wave still has servers to start. */
        WAVE,
        /** All places for servers under way are occupied. */
        CAP,
        /** SMS is copying the server. */
        COPY,
        /** The service executes the call of a job other than the migration. */
        SERVICE,
        /** No cutover window of the row is open, or its earliest time is not reached. */
        WINDOW,
        /** The open window has no room for another launch. */
        CAPACITY,
        /** A dependency has not reached its level. */
        DEPENDS_ON,
        /** An earlier wave has not ended. */
        AFTER,
        /** A gate is not approved, the inventory forbids the launch, or only an operator launches the target. */
        GATE,
        /** The limit of concurrent launches is reached. */
        LAUNCHES,
        /** The last launch was too recent. */
        PACE,
        /** Nothing holds the row. The runner starts or launches it at its next poll. */
        NEXT,
        /** SMS is launching the target. */
        LAUNCH
    }

    /** Obstacle without times and without rows behind it. */
    static Obstacle of(Kind kind, String text) {
        return new Obstacle(kind, text, null, null, List.of());
    }

    /** Copy with a start time; null when unknown. */
    Obstacle since(@Nullable Instant time) {
        return new Obstacle(kind, text, time, until, rows);
    }

    /** Copy with an end time; null when unknown. */
    Obstacle until(@Nullable Instant time) {
        return new Obstacle(kind, text, since, time, rows);
    }

    /** Kind and text in one line, such as {@code CAP 100 of 100 under way, 34th in line}. */
    public String line() {
        return text.isEmpty() ? kind.name() : kind + " " + text;
    }

    /** JSON object with {@code kind, text, since, until}; times in ISO 8601, UTC, or null. */
    public Map<String, @Nullable Object> toJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("kind", kind.name());
        json.put("text", text);
        json.put("since", since == null ? null : since.toString());
        json.put("until", until == null ? null : until.toString());
        return json;
    }
}
