package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.number;
import static dev.smsrunner.verify.Tables.text;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** I20, I16: comparison of the tables with the replayed events. */
record TableCheck(Tables tables, ReplayedTables replayed, Findings findings) {

    /**
     * Columns without events: immutable ones, which the digest of the row covers, and the progress of a copy.
     */
    private static final Set<String> IMMUTABLE = Set.of(
            "run_id",
            "row_no",
            "line_no",
            "server_name",
            "wave",
            "priority",
            "depends_on",
            "queued_at",
            "cutover_window",
            "cutover_at",
            "progress",
            "changed_at");

    /** Columns of the run that are empty or false until an event sets them. */
    private static final Set<String> ONLY_BY_EVENTS = Set.of("ended_at", "paused_at", "stop_requested_at", "strict");

    void check() {
        rows();
        inventory();
        intents();
        run();
        findings.checked(
                "I20",
                "replayed: %s, %s and the run equal the events"
                        .formatted(
                                Findings.count(tables.rows().size(), "row"),
                                Findings.count(tables.intents().size(), "intent")));
        findings.checked("I16", "the stored inventory rows, job file and settings are the original ones");
    }

    private void rows() {
        var missing = new TreeSet<>(replayed.rows().keySet());
        for (var row : tables.rows()) {
            var expected = replayed.rows().get(number(row));
            if (expected == null) {
                violation("I20", number(row), "the row is in the ledger, but no event added it", "migration");
            } else {
                compare("I20", number(row), row, expected, IMMUTABLE);
            }
            missing.remove(number(row));
        }
        missing.forEach(row ->
                violation("I20", row, "the row was removed from the ledger, but its events exist", "INTAKE event"));
    }

    private void inventory() {
        var rows = new HashMap<Integer, Map<String, @Nullable Object>>();
        tables.rows().forEach(row -> rows.put(number(row), row));
        var missing = new TreeSet<>(replayed.digests().keySet());
        for (var line : tables.inventory()) {
            int number = number(line);
            missing.remove(number);
            var row = rows.get(number);
            var digest = replayed.digests().get(number);
            if (digest == null) {
                violation("I16", number, "the inventory row is in the ledger, but no event added it", "inventory_row");
            } else if (row != null && !digest.equals(Hashes.ofRow(row, text(line, "cells")))) {
                violation(
                        "I16",
                        number,
                        "the inventory row (cells, name, wave, priority, dependencies or window) differs from the original",
                        "digest " + digest);
            }
        }
        missing.forEach(row -> violation("I16", row, "the inventory row was removed from the ledger", "INTAKE event"));
    }

    private void intents() {
        var missing = new HashSet<>(replayed.intents().keySet());
        for (var intent : tables.intents()) {
            var key = ReplayedTables.key(number(intent), text(intent, "operation"), text(intent, "attempt"));
            missing.remove(key);
            var expected = replayed.intents().get(key);
            if (expected == null) {
                violation("I8", number(intent), "the intent has no event", "intent " + key);
            } else {
                compare("I8", number(intent), intent, expected, Set.of("run_id", "row_no"));
            }
        }
        missing.forEach(key -> violation(
                "I8",
                Integer.valueOf(key.substring(0, key.indexOf(' '))),
                "the intent was removed from the ledger, but its events exist",
                "intent " + key));
    }

    /** Checks the columns with events; counters of writes are not covered. */
    private void run() {
        var columns = new TreeSet<>(replayed.runColumns());
        columns.addAll(ONLY_BY_EVENTS);
        for (var column : columns) {
            var stored = text(tables.run(), column).replaceFirst("^false$", "");
            var expected = replayed.run().getOrDefault(column, "");
            if (!stored.equals(expected)) {
                violation(
                        column.startsWith("settings") || column.startsWith("job") || column.startsWith("inventory")
                                ? "I16"
                                : "I20",
                        null,
                        "%s of the run is '%s', according to the events '%s'"
                                .formatted(column, abbreviate(stored), abbreviate(expected)),
                        "run");
            }
        }
    }

    private void compare(
            String invariant,
            int number,
            Map<String, @Nullable Object> stored,
            Map<String, String> expected,
            Set<String> fixed) {
        stored.forEach((column, value) -> {
            var text = Objects.toString(value, null);
            if (!fixed.contains(column) && !Objects.equals(text, expected.get(column))) {
                violation(
                        invariant,
                        number,
                        "%s is '%s', according to the events '%s'"
                                .formatted(column, abbreviate(text), abbreviate(expected.get(column))),
                        "column " + column);
            }
        });
    }

    private static String abbreviate(@Nullable String text) {
        return text == null ? "" : text.length() <= 80 ? text : text.substring(0, 79) + "…";
    }

    private void violation(String invariant, @Nullable Integer row, String what, String evidence) {
        findings.violation(invariant, row, what, evidence, Findings.RESTORE);
    }
}
