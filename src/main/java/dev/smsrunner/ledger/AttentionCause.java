package dev.smsrunner.ledger;

import java.util.List;
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

    /** In the words that tell of a task which is used though it differs from its row in form. */
    public static final String USED_AS_IT_IS = " is used as it is, although it differs from the row: ";

    /** How it begins to tell of a launch that this run did not send and that broke what was agreed on. */
    public static final List<String> LAUNCH_VIOLATIONS =
            List.of("launched before ", "launched after ", "launched although ");

    private final String prefix;

    AttentionCause(String prefix) {
        this.prefix = prefix;
    }

    /** The attention with that cause. */
    public String text(String details) {
        return prefix + details;
    }

    /** What an attention of that cause says besides the cause. */
    public String details(String attention) {
        return attention.substring(prefix.length());
    }

    /** Whether the attention only tells something: a person should look at it, and it holds nothing. */
    public static boolean isInformational(@Nullable String attention) {
        return attention != null
                && of(attention).isEmpty()
                && (attention.contains(USED_AS_IT_IS)
                        || LAUNCH_VIOLATIONS.stream().anyMatch(attention::startsWith));
    }

    /** The cause of an attention; empty when there is none, or no attention. */
    public static Optional<AttentionCause> of(@Nullable String attention) {
        if (attention != null) {
            for (var cause : values()) {
                if (attention.startsWith(cause.prefix)) {
                    return Optional.of(cause);
                }
            }
        }
        return Optional.empty();
    }
}
