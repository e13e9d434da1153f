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
 * A change whose intent is or is about to be committed.
 *
 * @param answer null until it came back
 */
record PendingCall(
        MutatingCall change, Intent intent, @Nullable CallResult answer) {

    static PendingCall of(MutatingCall change, Instant now) {
        var row = change.row();
        int attempt = row.call() == null ? 1 : row.call().attempt() + 1;
        return new PendingCall(change, Intent.open(row.row(), change.operation(), attempt, change.target(), now), null);
    }

    /** What is committed before the call. */
    LedgerWrite intended() {
        return new LedgerWrite(
                change.row().withCall(intent.call()), List.of(EventDraft.ofCall(change.row(), intent)), intent);
    }

    PendingCall answered(CallResult came) {
        return new PendingCall(change, intent, came);
    }

    /** What is committed after the call. */
    LedgerWrite concluded(CallResult came, Instant now) {
        var settled = settled(came, now);
        var consequence = change.then().apply(change.row().withCall(settled.call()), came);
        var events = new ArrayList<>(List.of(EventDraft.ofCall(change.row(), settled)));
        events.addAll(consequence.events());
        return new LedgerWrite(consequence.row(), events, settled);
    }

    private Intent settled(CallResult came, Instant now) {
        ApiException failure = came.failure();
        return intent.answered(
                came.state(),
                now,
                failure == null ? came.state().executed() ? 200 : 0 : failure.httpStatus(),
                failure == null ? null : failure.errorCode(),
                failure == null ? null : failure.requestId(),
                came.text());
    }
}
