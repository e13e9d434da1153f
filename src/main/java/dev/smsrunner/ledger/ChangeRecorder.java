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

/** Finds what entries change, and puts it into their events: replaying the events gives the tables. */
final class ChangeRecorder {

    private final FencedRun owner;
    private final Map<Integer, LedgerRow> rows;

    /** Compares with the rows as they are in the database, by number. */
    ChangeRecorder(FencedRun owner, Map<Integer, LedgerRow> rows) {
        this.owner = owner;
        this.rows = new HashMap<>(rows);
    }

    /** The events of the entries in their order, each first one of an entry with what the entry changes. */
    List<EventRecord> of(List<LedgerWrite> entries) {
        var noted = new ArrayList<EventRecord>();
        entries.forEach(entry -> noted.addAll(of(entry)));
        return noted;
    }

    private List<EventRecord> of(LedgerWrite entry) {
        var changed = changed(entry);
        var drafts = entry.events().isEmpty() && !changed.isEmpty() ? List.of(unsaid(entry)) : entry.events();
        var noted = new ArrayList<>(EventRecord.plain(drafts));
        if (!changed.isEmpty()) {
            noted.set(0, new EventRecord(drafts.get(0), ColumnCodec.json(changed)));
        }
        return noted;
    }

    private Map<String, @Nullable Object> changed(LedgerWrite entry) {
        var before = rows.put(entry.row().row(), entry.row());
        var changed = new LinkedHashMap<String, @Nullable Object>();
        if (before != null) {
            changed.putAll(LedgerRowTable.changes(before, entry.row()));
        }
        if (entry.intent() != null) {
            changed.put("intent", Intents.changes(owner, entry.intent()));
        }
        return changed;
    }

    private static EventDraft unsaid(LedgerWrite entry) {
        return entry.intent() == null
                ? EventDraft.ofRow(entry.row(), EventKind.WRITE, null, null, null)
                : EventDraft.ofCall(entry.row(), entry.intent());
    }

    /** Rows that came in, each with what it is recognised by. */
    static EventRecord intake(List<LedgerRow> rows, Map<Integer, String> cells) {
        return intake(rows, cells, Map.of());
    }

    /**
     * The same where a person changed the inventory of some.
     *
     * @param former what it said of these before, by row number
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

    /** Calls without an answer, whose process is gone. */
    static List<LedgerWrite> undecided(Map<Integer, LedgerRow> rows, List<Intent> left, Instant now) {
        var entries = new ArrayList<LedgerWrite>();
        var silent = new TreeMap<>(rows);
        for (var intent : left) {
            silent.remove(intent.row());
            var lost = intent.answered(
                    CallState.UNKNOWN, now, 0, null, null, "the process died before the answer was recorded");
            var row = undecided(Objects.requireNonNull(rows.get(intent.row())), now);
            entries.add(new LedgerWrite(row, List.of(EventDraft.ofCall(row, lost)), lost));
        }
        silent.values().forEach(row -> entries.add(LedgerWrite.of(undecided(row, now), List.of())));
        return entries;
    }

    private static LedgerRow undecided(LedgerRow row, Instant now) {
        var call = row.call();
        return call == null || call.state() != CallState.OPEN ? row : row.withCall(call.now(CallState.UNKNOWN, now));
    }
}
