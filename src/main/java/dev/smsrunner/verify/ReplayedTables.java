package dev.smsrunner.verify;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Tables replayed from the events. Values are texts; null values are absent. */
final class ReplayedTables {

    private final StringInterner interner = new StringInterner();
    private final Map<String, String> run = new HashMap<>();
    private final Set<String> runColumns = new TreeSet<>();
    private final Map<Integer, String> digests = new TreeMap<>();
    private final Map<Integer, Map<String, String>> rows = new TreeMap<>();
    private final TreeMap<String, Map<String, String>> intents = new TreeMap<>();

    /** Applies an event; returns false if it changes a row that was never added. */
    boolean apply(RecordedEvent event) {
        event.change().path("run").properties().forEach(entry -> {
            runColumns.add(entry.getKey());
            put(run, entry);
        });
        event.change().path("rows").properties().forEach(entry -> {
            int row = Integer.parseInt(entry.getKey());
            digests.put(row, entry.getValue().asString());
            rows.putIfAbsent(row, planned()); // a changed inventory row is added again
        });
        if (event.row() == null || event.change().isMissingNode()) {
            return true;
        }
        var row = rows.get(event.row());
        if (row == null) {
            return false;
        }
        event.change().properties().forEach(entry -> {
            if (!entry.getKey().equals("intent")) {
                put(row, entry);
            }
        });
        intent(event.row(), event.intent());
        return true;
    }

    private void intent(int row, JsonNode change) {
        if (change.isMissingNode()) {
            return;
        }
        var intent = intents.computeIfAbsent(
                key(
                        row,
                        change.path("operation").asString(),
                        change.path("attempt").asString()),
                key -> new CompactMap());
        change.properties().forEach(entry -> put(intent, entry));
    }

    static String key(int row, String operation, String attempt) {
        return row + " " + operation + " " + attempt;
    }

    private static Map<String, String> planned() {
        var row = new CompactMap();
        row.put("stage", "PLANNED");
        row.put("attempts", "0");
        return row;
    }

    private void put(Map<String, String> into, Map.Entry<String, JsonNode> entry) {
        if (entry.getValue().isNull()) {
            into.remove(entry.getKey());
        } else {
            into.put(
                    interner.intern(entry.getKey()),
                    interner.intern(entry.getValue().asString()));
        }
    }

    Map<String, String> run() {
        return run;
    }

    /** The columns of the run that occur in events. */
    Set<String> runColumns() {
        return runColumns;
    }

    /** The digest of each inventory row. */
    Map<Integer, String> digests() {
        return digests;
    }

    Map<Integer, Map<String, String>> rows() {
        return rows;
    }

    /** The values of one row; empty if it does not exist. */
    Map<String, String> row(@Nullable Integer number) {
        return number == null ? Map.of() : rows.getOrDefault(number, Map.of());
    }

    Map<String, Map<String, String>> intents() {
        return intents;
    }

    /** The intents of one row. */
    Map<String, Map<String, String>> intents(@Nullable Integer row) {
        return intents.subMap(row + " ", row + "!"); // '!' follows the blank in the character order
    }

    /** Frees the memory after the comparison. */
    void clear() {
        rows.clear();
        intents.clear();
        digests.clear();
    }
}
