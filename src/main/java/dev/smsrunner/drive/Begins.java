package dev.smsrunner.drive;

import dev.smsrunner.act.Change;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Migration;
import dev.smsrunner.ledger.Stage;
import java.time.Instant;
import java.util.List;

/** What it means for a row that the call which sets it going was accepted. */
public final class Begins {

    private Begins() {}

    /** The row is under way, and whatever was held against it is forgotten. */
    public static Change.Consequence begun(Migration row, Instant now) {
        var event = EventDraft.ofRow(row, EventKind.STAGE, row.stage().name(), Stage.STARTED.name(), null);
        var begun = row.withAttempt().notBefore(null, null).withAttention(null).reached(Stage.STARTED, now);
        return new Change.Consequence(begun, List.of(event));
    }
}
