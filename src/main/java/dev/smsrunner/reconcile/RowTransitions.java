package dev.smsrunner.reconcile;

import dev.smsrunner.intent.MutatingCall;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Stage;
import java.time.Instant;
import java.util.List;

/** What it means for a row that the call which sets it going was accepted. */
public final class RowTransitions {

    private RowTransitions() {}

    /** The row is under way, and whatever was held against it is forgotten. */
    public static MutatingCall.Consequence begun(LedgerRow row, Instant now) {
        var event = EventDraft.ofRow(row, EventKind.STAGE, row.stage().name(), Stage.STARTED.name(), null);
        var begun = row.withAttempt().notBefore(null, null).withAttention(null).reached(Stage.STARTED, now);
        return new MutatingCall.Consequence(begun, List.of(event));
    }
}
