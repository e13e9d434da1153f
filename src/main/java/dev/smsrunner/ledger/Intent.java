package dev.smsrunner.ledger;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One mutating call: its intent and its result.
 *
 * @param target id of the source server (CREATE) or of the migration task
 * @param httpStatus of the response, 0 when there was none
 * @param detail message for the operator, null after plain success
 */
@RecordBuilder
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

    /** Intent as it is committed before the call. */
    public static Intent open(int row, Operation operation, int attempt, String target, Instant at) {
        return new Intent(row, operation, attempt, CallState.OPEN, target, at, null, 0, null, null, null);
    }

    /** Adds the result of the call. */
    public Intent withAnswer(
            CallState known,
            Instant at,
            int status,
            @Nullable String code,
            @Nullable String request,
            @Nullable String what) {
        return new Intent(row, operation, attempt, known, target, intendedAt, at, status, code, request, what);
    }

    /** Marks the call as executed after an observation; an earlier response is kept. */
    public Intent withExecutionFound(String how) {
        return IntentBuilder.builder(this).state(CallState.SEEN).detail(how).build();
    }

    /** Call as the row stores it. */
    public RowCall call() {
        return new RowCall(operation, state, attempt, answeredAt == null ? intendedAt : answeredAt);
    }

    /** Intent of a call that an observation resolved; null if the call was not undecided. */
    public static @Nullable Intent resolved(LedgerRow row, @Nullable RowCall call, CallState state) {
        if (call == null || !call.state().isUndecided()) {
            return null;
        }
        var open = open(row.row(), call.operation(), call.attempt(), String.valueOf(row.sourceId()), call.at());
        return IntentBuilder.builder(open).state(state).build();
    }
}
