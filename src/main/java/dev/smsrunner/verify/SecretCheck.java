package dev.smsrunner.verify;

import dev.smsrunner.ledger.RawTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** I7: no text of the ledger, no report and no log contains a secret. */
final class SecretCheck implements EventCheck {

    private static final String ACTION =
            "Replace the key at its provider, then find the cause. Backups also contain the key.";

    private final SecretPatterns patterns;
    private final Findings findings;
    private long texts;
    private int files;

    SecretCheck(SecretPatterns patterns, Findings findings) {
        this.patterns = patterns;
        this.findings = findings;
    }

    @Override
    public void event(RecordedEvent event, ReplayedTables before) {
        row("event", "event " + event.number(), event.columns());
    }

    /** Scans tables that are not kept in memory while reading them. */
    void read(RawTables archive, String runId) {
        if (patterns.isAny()) {
            archive.forEachLayout(runId, row -> row("source_layout", "source_layout", row));
            archive.batchMessages(runId).forEach(row -> row("batch", "execution " + row.get("job_execution_id"), row));
        }
    }

    /** Scans the tables in memory, after the transaction. */
    void tables(Tables tables) {
        if (patterns.isAny()) {
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
                                "the column %2$s of %3$s contains the secret %1$s".formatted(secret, column, table),
                                which));
            }
        });
    }

    /** The secrets in the text, each once even in several forms. */
    private List<String> found(String text) {
        var reported = new HashSet<String>();
        return patterns.forms().stream()
                .filter(form -> form.indexIn(text, 0) >= 0 && reported.add(form.secret()))
                .map(SecretPatterns.Form::label)
                .toList();
    }

    /**
     * Scans the reports and logs.
     *
     * @param reports directory of the run's reports
     * @param logs directory of the logs; null if unknown
     */
    void files(Path reports, @Nullable Path logs, String runId) {
        if (!patterns.hasCredentials()) {
            findings.notChecked("I7", "no credentials to search for: none in the environment or in a credentials file");
        }
        if (!patterns.isAny()) {
            return;
        }
        directory(reports, "");
        if (logs != null) {
            directory(logs, runId);
        }
        findings.checked(
                "I7",
                "searched %2$d texts of the ledger and %3$d report and log files for %1$s"
                        .formatted(String.join(", ", patterns.names()), texts, files));
        if (!patterns.ordinary().isEmpty()) {
            findings.notChecked(
                    "I7", "too short or too common to search for: " + String.join(", ", patterns.ordinary()));
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
            findings.notChecked("I7", "cannot read %s: %s".formatted(directory, ReadFailures.text(ex)));
        } catch (UncheckedIOException ex) {
            findings.notChecked(
                    "I7",
                    "cannot read %s: %s"
                            .formatted(directory, ReadFailures.text(Objects.requireNonNull(ex.getCause()))));
        }
    }

    /** The name of a log file starts with the id of its run. */
    private static boolean isOfAnotherRun(Path file, String runId) {
        var name = file.getFileName().toString();
        return !runId.isEmpty() && name.matches("\\d{8}-\\d{4}-[0-9a-f]{4}.*\\.log.*") && !name.startsWith(runId);
    }

    private void file(Path file) throws IOException {
        files++;
        var lines = new SecretScanner(patterns).scan(file);
        lines.entrySet().stream()
                .collect(Collectors.groupingBy(entry -> entry.getKey().secret()))
                .values()
                .forEach(same -> violation(
                        null,
                        "%2$s contains the secret %1$s"
                                .formatted(same.get(0).getKey().label(), file.getFileName()),
                        "%s, line %d".formatted(file, same.get(0).getValue())));
    }

    private void violation(@Nullable Integer row, String what, String evidence) {
        findings.violation("I7", row, what, evidence, ACTION);
    }
}
