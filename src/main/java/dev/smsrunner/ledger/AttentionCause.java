package dev.smsrunner.ledger;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cause of a row's attention that other parts of the runner recognise. The attention is stored as a text that starts with
 * the prefix of its cause. The prefixes never change, since the ledgers of earlier runs contain them.
 */
public enum AttentionCause {
    /** The service shows a state that is not in the tables. */
    UNKNOWN_STATE("state not known to this version: "),
    /** The agent on the source server is disconnected. */
    DISCONNECTED("the agent is disconnected; "),
    /** Nothing changes. */
    STALLED("stalled: "),
    /** The copy is much slower than it was. */
    SLOW("slow: "),
    /** All bytes are copied, but the server does not get in sync. */
    NOT_IN_SYNC("not in sync: "),
    /** SMS paused the task because the copy repeatedly exceeded its speed limit (SMS.9007). */
    OVER_SPEED("over speed: "),
    /** The task is paused, but not by the run. */
    TASK_PAUSED("paused, not by this run: "),
    /** The files of source and target differ, so that the target is not launched. */
    CONSISTENCY("not launched, consistency check: ");

    /** Part of the text about a task that is used although it differs from its row in form. */
    public static final String USED_AS_IT_IS = " is used as it is, although it differs from the row: ";

    /** Prefixes of texts about launches that the run did not send and that violated the agreed order. */
    public static final List<String> LAUNCH_VIOLATIONS =
            List.of("launched before ", "launched after ", "launched although ");

    private final String prefix;

    AttentionCause(String prefix) {
        this.prefix = prefix;
    }

    /** Attention text with this cause. */
    public String text(String details) {
        return prefix + details;
    }

    /** Text of an attention after the prefix of its cause. */
    public String details(String attention) {
        return attention.substring(prefix.length());
    }

    /** Whether the attention is information for the operator and blocks nothing. */
    public static boolean isInformational(@Nullable String attention) {
        return attention != null
                && of(attention).isEmpty()
                && (attention.contains(USED_AS_IT_IS)
                        || LAUNCH_VIOLATIONS.stream().anyMatch(attention::startsWith));
    }

    /** Cause of an attention; empty when there is none, or no attention. */
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
