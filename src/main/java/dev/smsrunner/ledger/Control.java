package dev.smsrunner.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that a person asked of a run.
 *
 * @param row the row it is about, null when it is about the run
 * @param requestedBy the person, and by which way
 * @param answer what became of it, for people; null until it was answered
 */
public record Control(
        long id,
        ControlAction action,
        @Nullable Integer row,
        Instant requestedAt,
        String requestedBy,
        State state,
        @Nullable Instant answeredAt,
        @Nullable String answer) {

    /** What became of it. */
    public enum State {
        /** Nobody has looked at it yet. */
        ASKED,
        /** It was carried out. */
        DONE,
        /** It could not be carried out; the answer says why. */
        REFUSED
    }
}
