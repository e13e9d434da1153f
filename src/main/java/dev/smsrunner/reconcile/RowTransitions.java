package dev.smsrunner.reconcile;

import dev.smsrunner.intent.MutatingCall;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Stage;
import java.time.Instant;
import java.util.List;

/** Transition to STARTED after the starting call was accepted. */
public final class RowTransitions {

    private RowTransitions() {}

    /** The row is under way; earlier delays and attentions are cleared. */
    public static MutatingCall.RowEffect started(LedgerRow row, Instant now) {
        var event = EventDraft.ofRow(row, EventKind.STAGE, row.stage().name(), Stage.STARTED.name(), null);
        var started = row.withAttempt().clearSchedule().withAttention(null).withStage(Stage.STARTED, now);
        return new MutatingCall.RowEffect(started, List.of(event));
    }
}
