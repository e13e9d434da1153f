package dev.smsrunner.ledger;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Event that is about to be written, with its changes.
 *
 * @param change columns and their new values, as JSON; null when nothing changed
 */
record EventRecord(EventDraft draft, @Nullable String change) {

    static List<EventRecord> plain(List<EventDraft> drafts) {
        return drafts.stream().map(draft -> new EventRecord(draft, null)).toList();
    }

    /** Record of an answered control, with the columns of the run that it changed. */
    static EventRecord ofControl(EventDraft draft, Map<String, @Nullable Object> columns) {
        return new EventRecord(draft, columns.isEmpty() ? null : ColumnCodec.json(Map.of("run", columns)));
    }

    /** Record of a decision about a gate, with its columns. */
    static EventRecord ofGate(GateDecision decision, Map<String, @Nullable Object> columns) {
        return new EventRecord(EventDraft.ofGate(decision), ColumnCodec.json(Map.of("gate", columns)));
    }

    /** Record about the run, with columns of its row. */
    static EventRecord ofRun(String after, @Nullable String detail, Map<String, @Nullable Object> columns) {
        return new EventRecord(EventDraft.ofRun(after, detail), ColumnCodec.json(Map.of("run", columns)));
    }
}
