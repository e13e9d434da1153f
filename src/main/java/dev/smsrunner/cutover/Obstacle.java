package dev.smsrunner.cutover;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The first thing that stands between an open row and its next step.
 *
 * @param kind what it is
 * @param text the particulars for people, without the kind
 * @param since since when it is known to hold the row; null when the ledger does not tell
 * @param until when it ends by itself; null when that is not known
 * @param rows numbers of the rows that hold this one, nearest first; empty when no row does
 */
public record Obstacle(
        Kind kind,
        String text,
        @Nullable Instant since,
        @Nullable Instant until,
        List<Integer> rows) {

    /** What can hold a row. */
    public enum Kind {
        /** The service cannot be looked at. */
        API,
        /** A person paused the run: nothing new is started. */
        PAUSED,
        /** The answer of a call was lost; an observation must tell whether it was carried out. */
        LOST_ANSWER,
        /** The service shows a state that this version does not know; nothing is done on it. */
        UNKNOWN_STATE,
        /** The agent on the source server is disconnected. */
        AGENT,
        /** Nothing changes for long, or no byte is copied. */
        STALLED,
        /** The copy is much slower than it was. */
        SLOW,
        /** All bytes are copied, but the server does not get in sync. */
        NOT_IN_SYNC,
        /** SMS paused the task because it copied faster than its limit. */
        OVER_SPEED,
        /** Somebody else paused the task. */
        TASK_PAUSED,
        /** The files of source and target differ, so that the target is not launched. */
        CONSISTENCY,
        /** The service reports something that a person should look at. */
        ATTENTION,
        /** The row is tried again at a later time. */
        BACKOFF,
        /** The migration task is still to be created or updated. */
        TASK,
        /** The start time of the wave is not reached. */
        START,
        /** An earlier wave still has servers to start. */
        WAVE,
        /** All places for servers under way are taken. */
        CAP,
        /** SMS is copying the server. */
        COPY,
        /** The service carries out what a job other than the migration asked for. */
        SERVICE,
        /** The cutover window is not open. */
        WINDOW,
        /** A server that this one depends on is not far enough. */
        DEPENDS_ON,
        /** An earlier wave has not ended. */
        AFTER,
        /** As many targets are being launched as may be at once. */
        LAUNCHES,
        /** The last launch was too short a time ago. */
        PACE,
        /** Nothing holds it: the runner starts or launches it at its next look. */
        NEXT,
        /** SMS is launching the target. */
        LAUNCH
    }

    /** An obstacle that no other row is behind and of which no time is known. */
    static Obstacle of(Kind kind, String text) {
        return new Obstacle(kind, text, null, null, List.of());
    }

    /** The same since that time; null when that is not known. */
    Obstacle since(@Nullable Instant time) {
        return new Obstacle(kind, text, time, until, rows);
    }

    /** The same until that time; null when that is not known. */
    Obstacle until(@Nullable Instant time) {
        return new Obstacle(kind, text, since, time, rows);
    }

    /** Kind and particulars in one line, such as {@code CAP 100 of 100 under way, 34th in line}. */
    public String line() {
        return text.isEmpty() ? kind.name() : kind + " " + text;
    }

    /** As the objects that JSON is made of: {@code kind, text, since, until}; times in ISO 8601, UTC, or null. */
    public Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("kind", kind.name());
        json.put("text", text);
        json.put("since", since == null ? null : since.toString());
        json.put("until", until == null ? null : until.toString());
        return json;
    }
}
