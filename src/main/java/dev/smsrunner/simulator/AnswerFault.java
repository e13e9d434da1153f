package dev.smsrunner.simulator;

import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A fault in the answers to calls.
 *
 * @param operation operation name, action, or {@code *}
 * @param kind kind of fault
 * @param probability probability per call, 0 to 1
 * @param firstPerSource whether the fault affects only the first call for each source
 * @param times maximum number of affected calls
 * @param status HTTP status for kinds with a status
 * @param delay real-time delay for kinds with a delay
 * @param retryAfter value of Retry-After on a throttled call, or null for none
 * @param elements maximum number of elements on a short page
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

    /** Kind of fault, and whether the call is executed despite it. */
    enum Kind {
        /** Drops the connection; the call is not executed. */
        CLOSE_BEFORE(false),
        /** Executes the call, then drops the connection. */
        CLOSE_AFTER(true),
        /** Gateway error; the call is not executed. */
        STATUS_BEFORE(false),
        /** Executes the call, then answers with a gateway error. */
        STATUS_AFTER(true),
        /** Executes the call; the answer ends half-way. */
        TRUNCATED(true),
        /** Executes the call; the answer is a login page with status 200. */
        HTML(true),
        /** Executes the call; the answer is 200 without a body. */
        EMPTY(true),
        /** Executes the call; the answer is not JSON. */
        MALFORMED(true),
        /** Executes the call; the answer is delayed. */
        DELAY(true),
        /** Expires the caller's token: 401; the call is not executed. */
        TOKEN_EXPIRED(false),
        /** 429 with a configurable Retry-After; the call is not executed. */
        THROTTLED(false),
        /** Drops the connection at once and executes the call later, after the caller has given up. */
        LATE_DELIVERY(false),
        /** Executes the call; a list page contains its first source twice. */
        DUPLICATE_SOURCE(true),
        /** Executes the call; a list page has fewer elements than requested. The next page starts after its last element. */
        SHORT_PAGE(true),
        /** Executes the call; a list page lacks its last element, but {@code count} includes it. */
        HIDDEN_ELEMENT(true);

        private final boolean executesNow;

        Kind(boolean executesNow) {
            this.executesNow = executesNow;
        }

        boolean executesNow() {
            return executesNow;
        }

        String keyword() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    boolean concerns(String operationName, String action) {
        return operation.equals("*") || operation.equals(operationName) || operation.equals(action);
    }
}
