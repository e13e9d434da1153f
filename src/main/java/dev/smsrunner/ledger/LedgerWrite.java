package dev.smsrunner.ledger;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is written about one row in one transaction.
 *
 * @param row the row as it is from now on
 * @param events what happened, in order
 * @param intent the mutating call that is intended or answered by this entry, null when there is none
 */
public record LedgerWrite(
        LedgerRow row, List<EventDraft> events, @Nullable Intent intent) {

    /** A changed row and what happened to it. */
    public static LedgerWrite of(LedgerRow row, List<EventDraft> events) {
        return new LedgerWrite(row, List.copyOf(events), null);
    }

    /** A call of a row; the row remembers it and an event tells of it. */
    public static LedgerWrite ofCall(LedgerRow row, Intent intent, EventDraft... more) {
        var events = new java.util.ArrayList<>(List.of(EventDraft.ofCall(row, intent)));
        events.addAll(List.of(more));
        return new LedgerWrite(row.withCall(intent.call()), List.copyOf(events), intent);
    }
}
