package dev.smsrunner.simulator;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A way in which answers go wrong.
 *
 * @param operation operation name, action word, or {@code *}
 * @param kind how
 * @param probability how often, 0 to 1
 * @param firstPerSource whether only the first call for each source is struck
 * @param times how many calls are struck at most
 * @param status HTTP status of the kinds that have one
 * @param delay real time of the kinds that take some
 * @param retryAfter value of Retry-After on a throttled call, or null for none
 * @param elements most elements of a short page
 */
record AnswerFault(
        String operation,
        Kind kind,
        double probability,
        boolean firstPerSource,
        int times,
        int status,
        Duration delay,
        @Nullable String retryAfter,
        int elements) {

    /** How an answer goes wrong; whether the call is carried out all the same. */
    enum Kind {
        /** The connection is dropped and nothing is done. */
        CLOSE_BEFORE(false),
        /** It is done, then the connection is dropped. */
        CLOSE_AFTER(true),
        /** A gateway error, and nothing is done. */
        STATUS_BEFORE(false),
        /** It is done, then a gateway error is answered. */
        STATUS_AFTER(true),
        /** It is done; the answer ends in the middle. */
        TRUNCATED(true),
        /** It is done; the answer is a login page with status 200. */
        HTML(true),
        /** It is done; the answer is 200 without a body. */
        EMPTY(true),
        /** It is done; the answer is not JSON. */
        MALFORMED(true),
        /** It is done; the answer comes late. */
        DELAY(true),
        /** The caller's token ends at this moment: 401, and nothing is done. */
        TOKEN_EXPIRED(false),
        /** 429 with a Retry-After of its own, and nothing is done. */
        THROTTLED(false),
        /** The connection is dropped at once; it is done later, when the caller has long given up. */
        LATE_DELIVERY(false),
        /** It is done; a list page shows its first source twice. */
        DUPLICATE_SOURCE(true),
        /** It is done; a list page has fewer elements than asked for, and the next page begins where it ends. */
        SHORT_PAGE(true),
        /** It is done; a list page lacks its last element, which {@code count} counts all the same. */
        HIDDEN_ELEMENT(true);

        private final boolean executesNow;

        Kind(boolean executesNow) {
            this.executesNow = executesNow;
        }

        boolean executesNow() {
            return executesNow;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    boolean concerns(String operationName, String actionWord) {
        return operation.equals("*") || operation.equals(operationName) || operation.equals(actionWord);
    }
}
