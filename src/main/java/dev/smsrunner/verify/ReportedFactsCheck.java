package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.number;
import static dev.smsrunner.verify.Tables.text;

import java.io.IOException;
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

/** I9: what a report said is done, launched or happened, in this moment or an earlier one, is so in the ledger still. */
final class ReportedFactsCheck implements EventCheck {

    /** Ends that no word of a person reopens. */
    private static final Set<String> FINAL = Set.of("MIGRATED", "DONE");

    /** A server in sync may be launched later, when a person wants it. */
    private static final String SYNCED = "SYNCED";

    private static final String ACTION =
            "Keep the report; compare with a backup of the database: the ledger may have been put back.";

    private final Findings findings;
    private final Map<Long, Integer> happened = new HashMap<>();

    ReportedFactsCheck(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void event(RecordedEvent event, ReplayedTables before) {
        var columns = event.columns();
        happened.put(
                event.number(),
                told(
                        event.at().truncatedTo(ChronoUnit.MILLIS),
                        event.row(),
                        event.kind(),
                        text(columns, "before_text"),
                        text(columns, "after_text"),
                        text(columns, "detail"),
                        text(columns, "request_id"),
                        event.token()));
    }

    private static int told(@Nullable Object... values) {
        return Objects.hash(values);
    }

    /**
     * Every report of the run in the directory.
     *
     * @param reopened rows that an operator reopened
     */
    void check(Path directory, Tables tables, Set<Integer> reopened) {
        var rows = new HashMap<Integer, Map<String, @Nullable Object>>();
        tables.rows().forEach(row -> rows.put(number(row), row));
        int reports = 0;
        for (var file : reports(directory)) {
            reports += told(file, text(tables.run(), "run_id"), rows, reopened) ? 1 : 0;
        }
        if (reports == 0) {
            findings.notChecked("I9", "no report of the run is there to compare with");
        } else {
            findings.checked(
                    "I9",
                    "%d report%s: what was told as done, launched or happened is so still"
                            .formatted(reports, reports == 1 ? "" : "s"));
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
            findings.notChecked("I9", "%s cannot be read: %s".formatted(directory, ex.getMessage()));
            return List.of();
        }
    }

    /** Whether it is a report of the run; that of another one, or what is none, is not compared. */
    private boolean told(
            Path file, String runId, Map<Integer, Map<String, @Nullable Object>> rows, Set<Integer> reopened) {
        try {
            if (!ReportText.runIdOf(file).equals(runId)) {
                return false;
            }
            var otherwise = new ArrayList<JsonNode>();
            ReportText.read(file, row -> row(row, file, rows, reopened), event -> {
                if (!Objects.equals(happened.get(event.path("number").asLong()), hash(event))) {
                    otherwise.add(event);
                }
            });
            events(otherwise, file);
            return true;
        } catch (JacksonException ex) {
            return false; // that it cannot be read is told where the reports are compared
        }
    }

    private void row(
            JsonNode told, Path file, Map<Integer, Map<String, @Nullable Object>> rows, Set<Integer> reopened) {
        int number = told.path("row").asInt();
        var row = rows.get(number);
        var outcome = told.path("outcome").asString("");
        boolean counts = FINAL.contains(outcome) || outcome.equals(SYNCED) && !reopened.contains(number);
        var now = row == null ? "not there" : text(row, "outcome");
        if (counts && !now.equals(outcome)) {
            violation(number, "it was told as %s, in the ledger it is %s".formatted(outcome, shown(now)), file);
        }
        var launched = told.path("launched_at").asString("");
        var is = row == null ? "" : seconds(text(row, "launched_at"));
        if (!launched.isEmpty() && !seconds(launched).equals(is)) {
            violation(number, "it was told as launched at %s, the ledger has %s".formatted(launched, shown(is)), file);
        }
    }

    private static String shown(String text) {
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

    /** The first of them says enough. */
    private void events(List<JsonNode> otherwise, Path file) {
        if (!otherwise.isEmpty()) {
            var told = otherwise.get(0);
            violation(
                    told.path("row").isNumber() ? told.path("row").asInt() : null,
                    "event %s was told as %s %s, the ledger %s; so are %d in all"
                            .formatted(
                                    told.path("number").asString(""),
                                    told.path("kind").asString(""),
                                    told.path("after").asString(""),
                                    happened.containsKey(told.path("number").asLong())
                                            ? "tells it otherwise"
                                            : "does not have it",
                                    otherwise.size()),
                    file);
        }
    }

    private static int hash(JsonNode told) {
        try {
            return told(
                    Instant.parse(told.path("at").asString("")),
                    told.path("row").isNumber() ? told.path("row").asInt() : null,
                    told.path("kind").asString(""),
                    told.path("before").asString(""),
                    told.path("after").asString(""),
                    told.path("detail").asString(""),
                    told.path("request_id").asString(""),
                    told.path("token").asLong());
        } catch (java.time.DateTimeException ex) {
            return 0;
        }
    }

    private void violation(@Nullable Integer row, String what, Path file) {
        findings.violation("I9", row, what, file.toString(), ACTION);
    }
}
