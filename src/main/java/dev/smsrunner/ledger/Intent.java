package dev.smsrunner.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One mutating call: what was intended, and what became of it.
 *
 * @param target id of the source server (CREATE) or of the migration task
 * @param httpStatus of the answer, 0 when there was none
 * @param detail what a person should know of the answer, null when it was plain success
 */
public record Intent(
        int row,
        Operation operation,
        int attempt,
        CallState state,
        String target,
        Instant intendedAt,
        @Nullable Instant answeredAt,
        int httpStatus,
        @Nullable String errorCode,
        @Nullable String requestId,
        @Nullable String detail) {

    /** The intent as it is committed before the call. */
    public static Intent open(int row, Operation operation, int attempt, String target, Instant at) {
        return new Intent(row, operation, attempt, CallState.OPEN, target, at, null, 0, null, null, null);
    }

    /** What became of it. */
    public Intent withAnswer(
            CallState known,
            Instant at,
            int status,
            @Nullable String code,
            @Nullable String request,
            @Nullable String what) {
        return new Intent(row, operation, attempt, known, target, intendedAt, at, status, code, request, what);
    }

    /** The same, carried out as an observation tells; its answer, where there was one, stays as it was. */
    public Intent withExecutionFound(String how) {
        return new Intent(
                row,
                operation,
                attempt,
                CallState.SEEN,
                target,
                intendedAt,
                answeredAt,
                httpStatus,
                errorCode,
                requestId,
                how);
    }

    /** What the row remembers of it. */
    public RowCall call() {
        return new RowCall(operation, state, attempt, answeredAt == null ? intendedAt : answeredAt);
    }
}
