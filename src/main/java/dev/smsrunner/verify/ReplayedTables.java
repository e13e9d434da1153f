package dev.smsrunner.verify;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The tables as the events tell them: grows with each event. Values are texts; what is null is not there. */
final class ReplayedTables {

    private final StringInterner pool = new StringInterner();
    private final Map<String, String> run = new HashMap<>();
    private final Set<String> ofRun = new TreeSet<>();
    private final Map<Integer, String> digests = new TreeMap<>();
    private final Map<Integer, Map<String, String>> rows = new TreeMap<>();
    private final TreeMap<String, Map<String, String>> intents = new TreeMap<>();

    /** Takes an event over; false when it changes a row that never came in. */
    boolean apply(RecordedEvent event) {
        event.change().path("run").properties().forEach(entry -> {
            ofRun.add(entry.getKey());
            put(run, entry);
        });
        event.change().path("rows").properties().forEach(entry -> {
            int row = Integer.parseInt(entry.getKey());
            digests.put(row, entry.getValue().asString());
            rows.putIfAbsent(row, planned()); // a row comes in again when the inventory was changed
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
        var known = intents.computeIfAbsent(
                key(
                        row,
                        change.path("operation").asString(),
                        change.path("attempt").asString()),
                key -> new CompactMap());
        change.properties().forEach(entry -> put(known, entry));
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
            into.put(pool.one(entry.getKey()), pool.one(entry.getValue().asString()));
        }
    }

    Map<String, String> run() {
        return run;
    }

    /** The columns of the run of which events tell. */
    Set<String> ofRun() {
        return ofRun;
    }

    /** What each row of the inventory is recognised by. */
    Map<Integer, String> digests() {
        return digests;
    }

    Map<Integer, Map<String, String>> rows() {
        return rows;
    }

    /** Values of one row; empty when it is not there. */
    Map<String, String> row(@Nullable Integer number) {
        return number == null ? Map.of() : rows.getOrDefault(number, Map.of());
    }

    Map<String, Map<String, String>> intents() {
        return intents;
    }

    /** Those of one row. */
    Map<String, Map<String, String>> intents(@Nullable Integer row) {
        return intents.subMap(row + " ", row + "!"); // '!' comes right after the blank
    }

    /** Lets go of all that it knows, once it has been compared. */
    void forget() {
        rows.clear();
        intents.clear();
        digests.clear();
    }
}
