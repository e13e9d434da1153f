package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.number;
import static dev.smsrunner.verify.Tables.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * I1, I2, I8, I16 from the tables alone.
 *
 * @param reopened rows that an operator reopened or changed in the inventory
 */
record LedgerCheck(Tables tables, boolean live, Set<Integer> reopened, Findings findings) {

    private static final Set<String> OUTCOMES =
            Set.of("MIGRATED", "SYNCED", "DONE", "SKIPPED", "FAILED", "REJECTED", "NOT_LAUNCHED", "STOPPED", "WAITING");

    /** Outcomes of rows that keep their source although the run does nothing for them. */
    private static final Set<String> INACTIVE = Set.of("REJECTED", "SKIPPED");

    private static final Set<String> EXECUTED = Set.of("DONE", "SEEN");

    void check() {
        oneRowPerSource();
        oneCreatePerRow();
        inventoryIsLedger();
        outcomes();
        intents();
        settings();
        inventoryFile();
    }

    private void oneRowPerSource() {
        var rows = new TreeMap<String, List<Integer>>();
        for (var row : tables.rows()) {
            if (!text(row, "source_id").isEmpty() && !INACTIVE.contains(text(row, "outcome"))) {
                rows.computeIfAbsent(text(row, "source_id"), id -> new ArrayList<>())
                        .add(number(row));
            }
        }
        rows.forEach((source, numbers) -> {
            if (numbers.size() > 1 && text(tables.run(), "job").equals("migrate")) {
                findings.violation(
                        "I1",
                        numbers.get(1),
                        "source %s belongs to several rows: %s".formatted(source, numbers),
                        "migration.source_id",
                        "Check the tasks of the source in the console, and remove one row from the inventory.");
            }
        });
    }

    /** A retry by an operator, or changed cells, may require another task. */
    private void oneCreatePerRow() {
        var creates = new HashMap<Integer, List<String>>();
        for (var intent : tables.intents()) {
            if (text(intent, "operation").equals("CREATE") && EXECUTED.contains(text(intent, "state"))) {
                creates.computeIfAbsent(number(intent), row -> new ArrayList<>())
                        .add(text(intent, "attempt"));
            }
        }
        creates.forEach((row, attempts) -> {
            if (attempts.size() > 1 && !reopened.contains(row)) {
                findings.violation(
                        "I1",
                        row,
                        "the run created more than one task",
                        "intents CREATE, attempts " + attempts,
                        "Check the tasks of the source in the console, and delete the unused one.");
            }
        });
        findings.checked(
                "I1",
                "%s: one per source server, one executed create each"
                        .formatted(Findings.count(tables.rows().size(), "row")));
    }

    private void inventoryIsLedger() {
        var inventory = new TreeMap<Integer, Long>();
        tables.inventory().forEach(line -> inventory.put(number(line), Tables.whole(line, "line_no")));
        var rows = new TreeMap<Integer, Long>();
        tables.rows().forEach(row -> rows.put(number(row), Tables.whole(row, "line_no")));
        var all = new TreeSet<>(inventory.keySet());
        all.addAll(rows.keySet());
        for (var number : all) {
            if (!rows.containsKey(number)) {
                violation(number, "the inventory row has no row in the ledger", "inventory_row");
            } else if (!inventory.containsKey(number)) {
                violation(number, "the ledger row has no inventory row", "migration");
            } else if (!inventory.get(number).equals(rows.get(number))) {
                violation(number, "inventory and ledger have different line numbers", "line_no");
            }
        }
    }

    private void outcomes() {
        boolean finished = text(tables.run(), "state").equals("FINISHED");
        int open = 0;
        for (var row : tables.rows()) {
            var outcome = text(row, "outcome");
            boolean closed = text(row, "stage").equals("CLOSED");
            open += closed ? 0 : 1;
            if (closed == outcome.isEmpty() || !outcome.isEmpty() && !OUTCOMES.contains(outcome)) {
                violation(
                        number(row),
                        "stage %s and outcome '%s' contradict each other".formatted(text(row, "stage"), outcome),
                        "migration.outcome");
            } else if (finished && !closed && !isRejectedRun()) {
                violation(number(row), "the run is FINISHED, but the row is open", "migration.stage");
            }
        }
        findings.checked(
                "I2", Findings.count(tables.rows().size(), "row") + ": each inventory row once, with a valid outcome");
        if (open > 0) {
            findings.note(open == 1 ? "1 row is open." : "%d rows are open.".formatted(open));
        }
    }

    /** Whether a strict run ended before any change because a row was rejected. */
    private boolean isRejectedRun() {
        return tables.intents().isEmpty()
                && tables.rows().stream().anyMatch(row -> text(row, "outcome").equals("REJECTED"));
    }

    private void intents() {
        int unresolved = 0;
        for (var intent : tables.intents()) {
            var state = text(intent, "state");
            if (state.equals("OPEN") || state.equals("UNKNOWN")) {
                unresolved++;
                if (!live && text(tables.run(), "state").equals("FINISHED")) {
                    findings.violation(
                            "I8",
                            number(intent),
                            "the run is FINISHED, but the result of the call is unknown",
                            evidence(intent),
                            "Check the task in the console.");
                }
            }
        }
        findings.checked(
                "I8",
                Findings.count(tables.intents().size(), "intent") + ": each is resolved, or the run is not finished");
        if (unresolved > 0) {
            findings.note(
                    unresolved == 1 ? "1 call is not resolved." : "%d calls are not resolved.".formatted(unresolved));
        }
    }

    static String evidence(Map<String, @Nullable Object> intent) {
        return "intent %d %s attempt %s, %s, %s"
                .formatted(
                        number(intent),
                        text(intent, "operation"),
                        text(intent, "attempt"),
                        text(intent, "state"),
                        text(intent, "intended_at"));
    }

    private void settings() {
        var settings = new TreeMap<>(
                RecordedSettings.of(text(tables.run(), "settings")).settings());
        var all = new StringBuilder();
        settings.forEach((key, value) -> all.append(key)
                .append('=')
                .append(value.length())
                .append(':')
                .append(value)
                .append('\n'));
        var hash = Hashes.ofBytes(all.toString().getBytes(StandardCharsets.UTF_8));
        if (!hash.equals(text(tables.run(), "settings_hash"))) {
            findings.violation(
                    "I16",
                    null,
                    "the hash of the run's settings does not match the recorded hash",
                    "run.settings_hash " + text(tables.run(), "settings_hash"),
                    Findings.RESTORE);
        }
        findings.checked("I16", "the hash of the settings");
    }

    /** A changed inventory file is only noted, since the operator may change it after the run. */
    private void inventoryFile() {
        var file = Path.of(text(tables.run(), "inventory_file"));
        try {
            if (!Files.exists(file)) {
                findings.note("The inventory %s no longer exists.".formatted(file));
            } else if (!Files.isRegularFile(file)) {
                findings.note("The inventory %s is no longer a regular file.".formatted(file));
            } else if (!Hashes.ofBytes(Files.readAllBytes(file)).equals(text(tables.run(), "inventory_hash"))) {
                findings.note("The inventory %s has changed since the start of the run.".formatted(file));
            }
        } catch (IOException ex) {
            findings.note("Cannot read the inventory %s: %s.".formatted(file, ReadFailures.text(ex)));
        }
    }

    private void violation(int row, String what, String evidence) {
        findings.violation("I2", row, what, evidence, Findings.RESTORE);
    }
}
