package dev.smsrunner.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds the changes of ledger writes to their events, so that replaying the events reproduces the tables. */
final class ChangeRecorder {

    private final FencedRun owner;
    private final Map<Integer, LedgerRow> rows;

    /** Compares with the rows of the database, by number. */
    ChangeRecorder(FencedRun owner, Map<Integer, LedgerRow> rows) {
        this.owner = owner;
        this.rows = new HashMap<>(rows);
    }

    /** Events of the writes in their order; the first event of each write contains its changes. */
    List<EventRecord> recordsOf(List<LedgerWrite> writes) {
        var records = new ArrayList<EventRecord>();
        writes.forEach(write -> records.addAll(recordsOf(write)));
        return records;
    }

    private List<EventRecord> recordsOf(LedgerWrite write) {
        var changes = changesOf(write);
        var drafts = write.events().isEmpty() && !changes.isEmpty() ? List.of(defaultEvent(write)) : write.events();
        var records = new ArrayList<>(EventRecord.plain(drafts));
        if (!changes.isEmpty()) {
            records.set(0, new EventRecord(drafts.get(0), ColumnCodec.json(changes)));
        }
        return records;
    }

    private Map<String, @Nullable Object> changesOf(LedgerWrite write) {
        var before = rows.put(write.row().row(), write.row());
        var changes = new LinkedHashMap<String, @Nullable Object>();
        if (before != null) {
            changes.putAll(LedgerRowTable.changes(before, write.row()));
        }
        if (write.intent() != null) {
            changes.put("intent", Intents.changes(owner, write.intent()));
        }
        return changes;
    }

    private static EventDraft defaultEvent(LedgerWrite write) {
        return write.intent() == null
                ? EventDraft.ofRow(write.row(), EventKind.WRITE, null, null, null)
                : EventDraft.ofCall(write.row(), write.intent());
    }

    /** Event for rows that were added, each with its digest. */
    static EventRecord intake(List<LedgerRow> rows, Map<Integer, String> cells) {
        return intake(rows, cells, Map.of());
    }

    /**
     * Event for rows of a changed inventory.
     *
     * @param former earlier values of the changed rows, by row number
     */
    static EventRecord intake(
            List<LedgerRow> rows, Map<Integer, String> cells, Map<Integer, Map<String, @Nullable Object>> former) {
        var digests = new TreeMap<Integer, String>();
        rows.forEach(row -> digests.put(row.row(), LedgerRowTable.digest(row, cells.getOrDefault(row.row(), ""))));
        var draft = new EventDraft(
                EventKind.INTAKE,
                null,
                null,
                "rows %d to %d".formatted(digests.firstKey(), digests.lastKey()),
                rows.size() + " rows",
                null);
        var change = new LinkedHashMap<String, Object>();
        change.put("rows", digests);
        if (!former.isEmpty()) {
            change.put("former", former);
        }
        return new EventRecord(draft, ColumnCodec.json(change));
    }

    /** Marks calls without an answer as unknown, after their process ended. */
    static List<LedgerWrite> markUndecided(Map<Integer, LedgerRow> rows, List<Intent> openIntents, Instant now) {
        var writes = new ArrayList<LedgerWrite>();
        var withoutIntent = new TreeMap<>(rows);
        for (var intent : openIntents) {
            withoutIntent.remove(intent.row());
            var lost = intent.withAnswer(
                    CallState.UNKNOWN, now, 0, null, null, "the process died before the answer was recorded");
            var row = markUndecided(Objects.requireNonNull(rows.get(intent.row())), now);
            writes.add(new LedgerWrite(row, List.of(EventDraft.ofCall(row, lost)), lost));
        }
        withoutIntent.values().forEach(row -> writes.add(LedgerWrite.of(markUndecided(row, now), List.of())));
        return writes;
    }

    private static LedgerRow markUndecided(LedgerRow row, Instant now) {
        var call = row.call();
        return call == null || call.state() != CallState.OPEN
                ? row
                : row.withCall(call.withState(CallState.UNKNOWN, now));
    }
}
