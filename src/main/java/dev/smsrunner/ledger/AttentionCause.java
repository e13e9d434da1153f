package dev.smsrunner.ledger;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A cause for the attention of a row that other parts of the runner recognise. The attention is kept as a text, which begins
 * with the words of its cause. The words stay as they are: the ledgers of earlier runs contain them.
 */
public enum AttentionCause {
    /** The service shows a state that no table knows. */
    UNKNOWN_STATE("state not known to this version: "),
    /** The agent on the source server is disconnected. */
    DISCONNECTED("the agent is disconnected; "),
    /** Nothing changes. */
    STALLED("stalled: "),
    /** The copy is much slower than it was. */
    SLOW("slow: "),
    /** All bytes are copied, but the server does not get in sync. */
    NOT_IN_SYNC("not in sync: "),
    /** SMS paused the task because the copy was faster than its limit again and again (SMS.9007). */
    OVER_SPEED("over speed: "),
    /** The task is paused, and the run did not do it. */
    TASK_PAUSED("paused, not by this run: "),
    /** The files of source and target differ, so that the target is not launched. */
    CONSISTENCY("not launched, consistency check: ");

    private final String words;

    AttentionCause(String words) {
        this.words = words;
    }

    /** The attention with that cause. */
    public String text(String particulars) {
        return words + particulars;
    }

    /** What an attention of that cause says besides the cause. */
    public String particulars(String attention) {
        return attention.substring(words.length());
    }

    /** The cause of an attention; empty when there is none, or no attention. */
    public static Optional<AttentionCause> of(@Nullable String attention) {
        if (attention != null) {
            for (var cause : values()) {
                if (attention.startsWith(cause.words)) {
                    return Optional.of(cause);
                }
            }
        }
        return Optional.empty();
    }
}
