package dev.smsrunner.verify;

import dev.smsrunner.ledger.RawTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** I7: no secret stands in a text of the ledger, in a report or in a log. */
final class SecretCheck implements EventCheck {

    private static final String ACTION =
            "Replace the key at its provider, then find out how it got there; backups have it too.";

    private final SecretPatterns sought;
    private final Findings findings;
    private long texts;
    private int files;

    SecretCheck(SecretPatterns sought, Findings findings) {
        this.sought = sought;
        this.findings = findings;
    }

    @Override
    public void event(RecordedEvent event, ReplayedTables before) {
        row("event", "event " + event.number(), event.columns());
    }

    /** What is not held, as it is read. */
    void read(RawTables archive, String runId) {
        if (sought.isAny()) {
            archive.forEachLayout(runId, row -> row("source_layout", "source_layout", row));
            archive.batchMessages(runId).forEach(row -> row("batch", "execution " + row.get("job_execution_id"), row));
        }
    }

    /** The tables that are held, after they were read: nothing waits for it. */
    void tables(Tables tables) {
        if (sought.isAny()) {
            row("run", "run", tables.run());
            tables.rows().forEach(row -> row("migration", "migration", row));
            tables.inventory().forEach(row -> row("inventory_row", "inventory_row", row));
            tables.intents().forEach(row -> row("intent", LedgerCheck.evidence(row), row));
            tables.controls().forEach(row -> row("control", "control " + row.get("control_id"), row));
        }
    }

    private void row(String table, String which, Map<String, @Nullable Object> columns) {
        columns.forEach((column, value) -> {
            if (value instanceof String text) {
                texts++;
                found(text)
                        .forEach(secret -> violation(
                                columns.get("row_no") instanceof Long number ? number.intValue() : null,
                                "the secret %s stands in the column %s of %s".formatted(secret, column, table),
                                which));
            }
        });
    }

    /** Each secret once, whatever the forms of it that are there. */
    private List<String> found(String text) {
        var seen = new HashSet<String>();
        return sought.forms().stream()
                .filter(form -> form.in(text, 0) >= 0 && seen.add(form.secret()))
                .map(SecretPatterns.Form::words)
                .toList();
    }

    /**
     * The reports and logs, and what was checked.
     *
     * @param reports directory of the run's reports
     * @param logs directory of the logs; null when it is not known
     */
    void files(Path reports, @Nullable Path logs, String runId) {
        if (!sought.hasCredentials()) {
            findings.notChecked(
                    "I7", "no credentials to look for: neither in the environment nor in a credentials file");
        }
        if (!sought.isAny()) {
            return;
        }
        directory(reports, "");
        if (logs != null) {
            directory(logs, runId);
        }
        findings.checked(
                "I7",
                "looked for %s in %d texts of the ledger and %d files of reports and logs"
                        .formatted(String.join(", ", sought.names()), texts, files));
        if (!sought.ordinary().isEmpty()) {
            findings.notChecked(
                    "I7", "too short or too ordinary to be looked for: " + String.join(", ", sought.ordinary()));
        }
    }

    private void directory(Path directory, String runId) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (var all = Files.walk(directory)) {
            for (var file : all.filter(Files::isRegularFile)
                    .filter(one -> !isOfAnotherRun(one, runId))
                    .sorted()
                    .toList()) {
                file(file);
            }
        } catch (IOException ex) {
            findings.notChecked("I7", "%s cannot be read: %s".formatted(directory, ex.getMessage()));
        }
    }

    /** The log of a run has its name. */
    private static boolean isOfAnotherRun(Path file, String runId) {
        var name = file.getFileName().toString();
        return !runId.isEmpty() && name.matches("\\d{8}-\\d{4}-[0-9a-f]{4}.*\\.log.*") && !name.startsWith(runId);
    }

    private void file(Path file) throws IOException {
        files++;
        var lines = new SecretScanner(sought).in(file);
        lines.entrySet().stream()
                .collect(Collectors.groupingBy(entry -> entry.getKey().secret()))
                .values()
                .forEach(same -> violation(
                        null,
                        "the secret %s stands in %s"
                                .formatted(same.get(0).getKey().words(), file.getFileName()),
                        "%s, line %d".formatted(file, same.get(0).getValue())));
    }

    private void violation(@Nullable Integer row, String what, String evidence) {
        findings.violation("I7", row, what, evidence, ACTION);
    }
}
