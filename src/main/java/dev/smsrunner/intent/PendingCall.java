package dev.smsrunner.intent;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.Intent;
import dev.smsrunner.ledger.LedgerWrite;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Call whose intent is committed, or about to be.
 *
 * @param result null until the call returns
 */
record PendingCall(
        MutatingCall call, Intent intent, @Nullable CallResult result) {

    static PendingCall of(MutatingCall call, Instant now) {
        var row = call.row();
        int attempt = row.call() == null ? 1 : row.call().attempt() + 1;
        return new PendingCall(call, Intent.open(row.row(), call.operation(), attempt, call.target(), now), null);
    }

    /** Ledger write before the call. */
    LedgerWrite intentWrite() {
        return LedgerWrite.ofCall(call.row(), intent);
    }

    PendingCall withResult(CallResult result) {
        return new PendingCall(call, intent, result);
    }

    /** Ledger write after the call. */
    LedgerWrite resultWrite(CallResult result, Instant now) {
        var answered = answeredIntent(result, now);
        var effect = call.onResult().apply(call.row().withCall(answered.call()), result);
        var events = new ArrayList<>(List.of(EventDraft.ofCall(call.row(), answered)));
        events.addAll(effect.events());
        return new LedgerWrite(effect.row(), events, answered);
    }

    private Intent answeredIntent(CallResult result, Instant now) {
        ApiException failure = result.failure();
        return intent.withAnswer(
                result.state(),
                now,
                failure == null ? result.state().isExecuted() ? 200 : 0 : failure.httpStatus(),
                failure == null ? null : failure.errorCode(),
                failure == null ? null : failure.requestId(),
                result.text());
    }
}
