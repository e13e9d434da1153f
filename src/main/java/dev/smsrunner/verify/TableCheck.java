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

/** I20, I16: compares the tables with what the events tell of them. */
final class TableCheck {

    /**
     * Columns that never change and are in the digest of their row, or belong to no row; and how far a copy is, which no event
     * tells.
     */
    private static final Set<String> FIXED = Set.of(
            "run_id",
            "row_no",
            "line_no",
            "server_name",
            "wave",
            "priority",
            "depends_on",
            "queued_at",
            "progress",
            "changed_at");

    /** Columns of the run that are empty, or false, until an event tells otherwise. */
    private static final Set<String> ONLY_BY_EVENTS = Set.of("ended_at", "paused_at", "stop_requested_at", "strict");

    private final Tables tables;
    private final ReplayedTables fold;
    private final Findings findings;

    TableCheck(Tables tables, ReplayedTables fold, Findings findings) {
        this.tables = tables;
        this.fold = fold;
        this.findings = findings;
    }

    void check() {
        rows();
        inventory();
        intents();
        run();
        findings.checked(
                "I20",
                "replayed: %d rows, %d intents and the run are what the events tell"
                        .formatted(tables.rows().size(), tables.intents().size()));
        findings.checked("I16", "the stored inventory rows, job file and settings are those that came in");
    }

    private void rows() {
        var missing = new TreeSet<>(fold.rows().keySet());
        for (var row : tables.rows()) {
            var told = fold.rows().get(number(row));
            if (told == null) {
                violation("I20", number(row), "the row is in the ledger, but no event brought it there", "migration");
            } else {
                compare("I20", number(row), row, told, FIXED);
            }
            missing.remove(number(row));
        }
        missing.forEach(row -> violation(
                "I20", row, "the row was removed from the ledger, the events still tell of it", "INTAKE event"));
    }

    private void inventory() {
        var rows = new HashMap<Integer, Map<String, @Nullable Object>>();
        tables.rows().forEach(row -> rows.put(number(row), row));
        var missing = new TreeSet<>(fold.digests().keySet());
        for (var line : tables.inventory()) {
            int number = number(line);
            missing.remove(number);
            var row = rows.get(number);
            var digest = fold.digests().get(number);
            if (digest == null) {
                violation("I16", number, "the inventory row is in the ledger, but never came in", "inventory_row");
            } else if (row != null && !digest.equals(Hashes.ofRow(row, text(line, "cells")))) {
                violation(
                        "I16",
                        number,
                        "the inventory row (its cells, name, wave, priority or what it depends on) is not the one that came in",
                        "digest " + digest);
            }
        }
        missing.forEach(row -> violation("I16", row, "the inventory row was removed from the ledger", "INTAKE event"));
    }

    private void intents() {
        var missing = new HashSet<>(fold.intents().keySet());
        for (var intent : tables.intents()) {
            var key = ReplayedTables.key(number(intent), text(intent, "operation"), text(intent, "attempt"));
            missing.remove(key);
            var told = fold.intents().get(key);
            if (told == null) {
                violation("I8", number(intent), "an intent of which no event tells", "intent " + key);
            } else {
                compare("I8", number(intent), intent, told, Set.of("run_id", "row_no"));
            }
        }
        missing.forEach(key -> violation(
                "I8",
                Integer.valueOf(key.substring(0, key.indexOf(' '))),
                "the intent was removed from the ledger, the events still tell of it",
                "intent " + key));
    }

    /** Of the other columns, those that count writes are no part of the promise; the rest has a value only by an event. */
    private void run() {
        var columns = new TreeSet<>(fold.ofRun());
        columns.addAll(ONLY_BY_EVENTS);
        for (var column : columns) {
            var stands = text(tables.run(), column).replaceFirst("^false$", "");
            var told = fold.run().getOrDefault(column, "");
            if (!stands.equals(told)) {
                violation(
                        column.startsWith("settings") || column.startsWith("job") || column.startsWith("inventory")
                                ? "I16"
                                : "I20",
                        null,
                        "%s of the run is '%s', the events tell '%s'".formatted(column, shortly(stands), shortly(told)),
                        "run");
            }
        }
    }

    private void compare(
            String invariant,
            int number,
            Map<String, @Nullable Object> stands,
            Map<String, String> told,
            Set<String> fixed) {
        stands.forEach((column, value) -> {
            var text = Objects.toString(value, null);
            if (!fixed.contains(column) && !Objects.equals(text, told.get(column))) {
                violation(
                        invariant,
                        number,
                        "%s is '%s', the events tell '%s'".formatted(column, shortly(text), shortly(told.get(column))),
                        "column " + column);
            }
        });
    }

    private static String shortly(@Nullable String text) {
        return text == null ? "" : text.length() <= 80 ? text : text.substring(0, 79) + "…";
    }

    private void violation(String invariant, @Nullable Integer row, String what, String evidence) {
        findings.violation(invariant, row, what, evidence, Findings.RESTORE);
    }
}
