package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.number;
import static dev.smsrunner.verify.Tables.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** I9: everything that a report of the run, current or earlier, states as done or launched still holds in the ledger. */
final class ReportedFactsCheck implements EventCheck {

    /** Outcomes that no operator request reopens. */
    private static final Set<String> FINAL = Set.of("MIGRATED", "DONE");

    /** An operator may launch a server in sync later. */
    private static final String SYNCED = "SYNCED";

    private static final String ACTION =
            "Keep the report and compare it with a backup of the database: an older ledger may have been restored.";

    private final Findings findings;
    private final Map<Long, Integer> eventHashes = new HashMap<>();

    ReportedFactsCheck(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void event(RecordedEvent event, ReplayedTables before) {
        var columns = event.columns();
        eventHashes.put(
                event.number(),
                hash(
                        event.at().truncatedTo(ChronoUnit.MILLIS),
                        event.row(),
                        event.kind(),
                        text(columns, "before_text"),
                        text(columns, "after_text"),
                        text(columns, "detail"),
                        text(columns, "request_id"),
                        event.token()));
    }

    private static int hash(@Nullable Object... values) {
        return Objects.hash(values);
    }

    /**
     * Checks every report of the run in the directory.
     *
     * @param reopened rows that an operator reopened
     */
    void check(Path directory, Tables tables, Set<Integer> reopened) {
        var rows = new HashMap<Integer, Map<String, @Nullable Object>>();
        tables.rows().forEach(row -> rows.put(number(row), row));
        int reports = 0;
        for (var file : reports(directory)) {
            reports += compare(file, text(tables.run(), "run_id"), rows, reopened) ? 1 : 0;
        }
        if (reports == 0) {
            findings.notChecked("I9", "no report of the run exists");
        } else {
            findings.checked(
                    "I9",
                    "%s: everything reported still holds in the ledger".formatted(Findings.count(reports, "report")));
        }
    }

    private List<Path> reports(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException ex) {
            findings.notChecked("I9", "cannot read %s: %s".formatted(directory, ReadFailures.text(ex)));
            return List.of();
        } catch (UncheckedIOException ex) {
            findings.notChecked(
                    "I9",
                    "cannot read %s: %s"
                            .formatted(directory, ReadFailures.text(Objects.requireNonNull(ex.getCause()))));
            return List.of();
        }
    }

    /** Compares a report; returns false for a file that is not a report of the run. */
    private boolean compare(
            Path file, String runId, Map<Integer, Map<String, @Nullable Object>> rows, Set<Integer> reopened) {
        try {
            if (!ReportText.runIdOf(file).equals(runId)) {
                return false;
            }
            var differing = new ArrayList<JsonNode>();
            ReportText.read(file, row -> row(row, file, rows, reopened), event -> {
                if (!Objects.equals(eventHashes.get(event.path("number").asLong()), eventHash(event))) {
                    differing.add(event);
                }
            });
            events(differing, file);
            return true;
        } catch (JacksonException ex) {
            return false; // ReportCheck reports an unreadable file
        }
    }

    private void row(
            JsonNode reported, Path file, Map<Integer, Map<String, @Nullable Object>> rows, Set<Integer> reopened) {
        int number = reported.path("row").asInt();
        var row = rows.get(number);
        var outcome = reported.path("outcome").asString("");
        boolean isFinal = FINAL.contains(outcome) || outcome.equals(SYNCED) && !reopened.contains(number);
        var current = row == null ? "missing" : text(row, "outcome");
        if (isFinal && !current.equals(outcome)) {
            violation(number, "reported as %s, but the ledger has %s".formatted(outcome, label(current)), file);
        }
        var launchedAt = reported.path("launched_at").asString("");
        var recorded = row == null ? "" : seconds(text(row, "launched_at"));
        if (!launchedAt.isEmpty() && !seconds(launchedAt).equals(recorded)) {
            violation(
                    number,
                    "reported as launched at %s, but the ledger has %s".formatted(launchedAt, label(recorded)),
                    file);
        }
    }

    private static String label(String text) {
        return text.isEmpty() ? "open" : text;
    }

    private static String seconds(String instant) {
        try {
            return instant.isEmpty()
                    ? ""
                    : Instant.parse(instant).truncatedTo(ChronoUnit.SECONDS).toString();
        } catch (java.time.DateTimeException ex) {
            return instant;
        }
    }

    /** Reports the first of the differing events, with their number. */
    private void events(List<JsonNode> differing, Path file) {
        if (!differing.isEmpty()) {
            var first = differing.get(0);
            violation(
                    first.path("row").isNumber() ? first.path("row").asInt() : null,
                    "event %s was reported as %s %s, but the ledger %s (%d differing in total)"
                            .formatted(
                                    first.path("number").asString(""),
                                    first.path("kind").asString(""),
                                    first.path("after").asString(""),
                                    eventHashes.containsKey(first.path("number").asLong())
                                            ? "has different values"
                                            : "does not contain it",
                                    differing.size()),
                    file);
        }
    }

    private static int eventHash(JsonNode event) {
        try {
            return hash(
                    Instant.parse(event.path("at").asString("")),
                    event.path("row").isNumber() ? event.path("row").asInt() : null,
                    event.path("kind").asString(""),
                    event.path("before").asString(""),
                    event.path("after").asString(""),
                    event.path("detail").asString(""),
                    event.path("request_id").asString(""),
                    event.path("token").asLong());
        } catch (java.time.DateTimeException ex) {
            return 0;
        }
    }

    private void violation(@Nullable Integer row, String what, Path file) {
        findings.violation("I9", row, what, file.toString(), ACTION);
    }
}
