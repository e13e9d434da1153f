package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.number;

import com.opencsv.CSVReader;
import com.opencsv.exceptions.CsvValidationException;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.report.ReportFiles;
import dev.smsrunner.report.Reports;
import dev.smsrunner.report.RunReport;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** I2, I19: the reports on disk equal reports from the ledger, and contain each row once. */
final class ReportCheck {

    private static final String WRITE = "Keep the file, then write the reports again with 'report'.";

    private final Run run;
    private final Tables tables;
    private final Ledger ledger;
    private final Findings findings;
    private final Clock clock;
    private final long events;

    /** @param events number of the last event */
    ReportCheck(Run run, Tables tables, Ledger ledger, long events, Findings findings, Clock clock) {
        this.run = run;
        this.tables = tables;
        this.ledger = ledger;
        this.events = events;
        this.findings = findings;
        this.clock = clock;
    }

    void check() {
        if (run.state() == RunState.RUNNING) {
            findings.notChecked("I19", "the run has not ended; its reports are older or do not exist yet");
            return;
        }
        var json = ReportFiles.directory(run).resolve("report.json");
        if (Files.exists(json)) {
            compare(json);
        } else {
            findings.notChecked("I19", "%s does not exist; run 'report' to write it".formatted(json));
        }
    }

    private void compare(Path json) {
        var rows = new Rows(json);
        try {
            var report = ReportText.read(json, rows::take, event -> {});
            if (report.events() < events) {
                findings.notChecked(
                        "I19",
                        "report.json is older than the ledger (%d of %d events); run 'report' to update it"
                                .formatted(report.events(), events));
                return;
            }
            files();
            rows.end();
            sums(report.outcome());
        } catch (JacksonException ex) {
            violation("I19", "report.json is not valid JSON", json, WRITE);
        }
    }

    private void files() {
        int same = 0;
        for (var content : new Reports(ledger, clock).contents(run).entrySet()) {
            same += same(content.getKey(), content.getValue()) ? 1 : 0;
        }
        findings.checked(
                "I19", Findings.count(same, "report file") + ": byte for byte equal to reports from the ledger");
    }

    private boolean same(Path file, Reports.Content content) {
        if (!Files.exists(file)) {
            findings.notChecked("I19", "%s does not exist; run 'report' to write it".formatted(file));
            return false;
        }
        if (!Files.isRegularFile(file)) {
            violation("I19", "%s is not a regular file".formatted(file.getFileName()), file, WRITE);
            return false;
        }
        try (var actual = new BufferedInputStream(Files.newInputStream(file))) {
            var compared = new StreamComparison(actual);
            content.writeTo(compared);
            long at = compared.difference();
            if (at >= 0) {
                violation(
                        "I19",
                        "%s differs from a report from the ledger, starting at byte %d"
                                .formatted(file.getFileName(), at),
                        file,
                        WRITE);
            }
            return at < 0;
        } catch (IOException ex) {
            findings.notChecked("I19", "cannot read %s: %s".formatted(file, ReadFailures.text(ex)));
            return false;
        }
    }

    /** Comparison of the rows of report.json with the inventory. */
    private final class Rows {

        private final Path file;
        private final Map<Integer, Map<String, String>> cells = new TreeMap<>();
        private final Set<Integer> visited = new TreeSet<>();
        private final Map<Integer, String> problems = new TreeMap<>();

        Rows(Path file) {
            this.file = file;
            tables.inventory().forEach(line -> cells.put(number(line), Tables.cells(line)));
        }

        void take(JsonNode row) {
            int number = row.path("row").asInt();
            var expected = cells.get(number);
            if (expected == null || !visited.add(number)) {
                problems.put(number, expected == null ? "is not in the inventory" : "occurs twice");
            } else {
                expected.forEach((column, cell) -> checkCell(row, number, column, cell));
            }
        }

        private void checkCell(JsonNode row, int number, String column, String cell) {
            for (var name = column; row.has(name); name = "inventory_" + name) {
                if (row.path(name).asString("").equals(cell)) {
                    return;
                }
            }
            problems.put(number, "lacks the cell %s of the inventory".formatted(column));
        }

        void end() {
            cells.keySet().stream()
                    .filter(number -> !visited.contains(number))
                    .forEach(number -> problems.put(number, "is missing"));
            problems.forEach((number, what) ->
                    findings.violation("I2", number, "in report.json the row " + what, file.toString(), WRITE));
            findings.checked(
                    "I2",
                    Findings.count(visited.size(), "row") + " of report.json: equal to the inventory, cell by cell");
        }
    }

    private void sums(Map<String, Integer> ofJson) {
        var ofLedger = new TreeMap<String, Integer>();
        RunReport.of(run, ledger)
                .rows()
                .forEach(row -> ofLedger.merge(row.outcome().name(), 1, Integer::sum));
        compareSums("report.json", ofLedger, ofJson);
        var csv = ReportFiles.directory(run).resolve("report.csv");
        if (Files.isRegularFile(csv)) {
            compareSums("report.csv", ofLedger, csv(csv));
        }
        findings.checked("I2", "outcome counts of ledger, report.json and report.csv are equal");
    }

    private static Map<String, Integer> csv(Path file) {
        var sums = new TreeMap<String, Integer>();
        try (var lines = new CSVReader(Files.newBufferedReader(file))) {
            String @Nullable [] header = lines.readNext();
            int outcome = header == null ? -1 : Arrays.asList(header).lastIndexOf("outcome");
            for (var line = lines.readNext(); line != null; line = lines.readNext()) {
                sums.merge(outcome >= 0 && outcome < line.length ? line[outcome] : "?", 1, Integer::sum);
            }
        } catch (IOException | CsvValidationException ex) {
            sums.put(
                    "unreadable: " + (ex instanceof IOException failure ? ReadFailures.text(failure) : ex.getMessage()),
                    1);
        }
        return sums;
    }

    private void compareSums(String what, Map<String, Integer> ledger, Map<String, Integer> report) {
        if (!ledger.equals(report)) {
            findings.violation(
                    "I2",
                    null,
                    "%s has the outcome counts %s, the ledger %s".formatted(what, report, ledger),
                    what,
                    WRITE);
        }
    }

    private void violation(String invariant, String what, Path file, String action) {
        findings.violation(invariant, null, what, file.toString(), action);
    }
}
