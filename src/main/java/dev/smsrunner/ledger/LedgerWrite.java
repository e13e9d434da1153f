package dev.smsrunner.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Write of one row in one transaction.
 *
 * @param row new state of the row
 * @param events events of the row, in order
 * @param intent mutating call that this write intends or answers, null when there is none
 */
public record LedgerWrite(
        LedgerRow row, List<EventDraft> events, @Nullable Intent intent) {

    /** Changed row and its events. */
    public static LedgerWrite of(LedgerRow row, List<EventDraft> events) {
        return new LedgerWrite(row, List.copyOf(events), null);
    }

    /** Call of a row, stored in the row and as an event. */
    public static LedgerWrite ofCall(LedgerRow row, Intent intent) {
        return new LedgerWrite(row.withCall(intent.call()), List.of(EventDraft.ofCall(row, intent)), intent);
    }
}
