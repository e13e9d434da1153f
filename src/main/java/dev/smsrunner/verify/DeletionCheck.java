package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.number;
import static dev.smsrunner.verify.Tables.text;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** I23: each deletion concerned a source that a run migrated with that task, or a row that confirmed it. */
final class DeletionCheck {

    private static final Set<String> NOT_EXECUTED = Set.of("REFUSED", "NOT_SENT", "ABSENT");
    private static final Set<String> DELETIONS = Set.of("DELETE_TASK", "DELETE_SOURCE");

    private final Tables tables;
    private final Findings findings;
    private final Set<String> migratedSources = new HashSet<>();
    private final Set<String> migratedTasks = new HashSet<>();

    /** @param migrated migrated rows of all runs for the sources of this run */
    DeletionCheck(Tables tables, List<Map<String, @Nullable Object>> migrated, Findings findings) {
        this.tables = tables;
        this.findings = findings;
        for (var row : migrated) {
            migratedSources.add(text(row, "source_id"));
            migratedTasks.add(text(row, "task_id"));
        }
    }

    void check() {
        var sources = new HashMap<Integer, String>();
        tables.rows().forEach(row -> sources.put(number(row), text(row, "source_id")));
        var confirmed = confirmedTasks();
        int count = 0;
        for (var intent : tables.intents()) {
            var operation = text(intent, "operation");
            if (!DELETIONS.contains(operation) || NOT_EXECUTED.contains(text(intent, "state"))) {
                continue;
            }
            count++;
            var task = confirmed.get(number(intent));
            boolean migrated = operation.equals("DELETE_TASK")
                    ? migratedTasks.contains(text(intent, "target"))
                    : migratedSources.contains(sources.get(number(intent)));
            boolean named = task != null
                    && (operation.equals("DELETE_SOURCE") || task.equalsIgnoreCase(text(intent, "target")));
            if (!migrated && !named) {
                findings.violation(
                        "I23",
                        number(intent),
                        "%s of %s was sent, although no run migrated it and the row does not confirm it"
                                .formatted(operation, text(intent, "target")),
                        LedgerCheck.evidence(intent),
                        "Check the source and its target in the console, and report a bug.");
            }
        }
        if (count > 0) {
            findings.checked(
                    "I23", "%s: each of a migrated or confirmed row".formatted(Findings.count(count, "deletion")));
        }
    }

    /** Task ids of the rows with a value in {@code confirm}, by row. */
    private Map<Integer, String> confirmedTasks() {
        var tasks = new HashMap<Integer, String>();
        for (var line : tables.inventory()) {
            var cells = Tables.cells(line);
            var task = cells.getOrDefault("task_id", "").strip();
            if (!task.isEmpty() && !cells.getOrDefault("confirm", "").isBlank()) {
                tasks.put(number(line), task);
            }
        }
        return tasks;
    }
}
