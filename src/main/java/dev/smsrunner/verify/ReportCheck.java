package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.number;
import static dev.smsrunner.verify.Tables.text;

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
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** I2, I19: the reports on disk are those that the ledger gives, and tell of each row once. */
final class ReportCheck {

    private static final JsonMapper JSON = JsonMapper.builder().build();
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
            findings.notChecked("I19", "the run has not ended, its reports are of an earlier moment or not there yet");
            return;
        }
        var json = ReportFiles.directory(run).resolve("report.json");
        var told = read(json);
        if (!Files.exists(json)) {
            findings.notChecked("I19", "%s is not there; 'report' writes it".formatted(json));
        } else if (told.isMissingNode()) {
            violation("I19", "report.json cannot be read as JSON", json, WRITE);
        } else if (told.path("events").size() < events) {
            findings.notChecked(
                    "I19",
                    "report.json is of an earlier moment (%d of %d events); 'report' writes it again"
                            .formatted(told.path("events").size(), events));
        } else {
            files();
            rows(told, json);
            sums(told);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return Files.exists(file) ? JSON.readTree(file.toFile()) : MissingNode.getInstance();
        } catch (JacksonException unreadable) {
            return MissingNode.getInstance();
        }
    }

    private void files() {
        int same = 0;
        for (var content : new Reports(ledger, clock).contents(run).entrySet()) {
            same += same(content.getKey(), content.getValue()) ? 1 : 0;
        }
        findings.checked("I19", same + " report files: byte for byte what the ledger gives");
    }

    private boolean same(Path file, Reports.Content content) {
        if (!Files.exists(file)) {
            findings.notChecked("I19", "%s is not there; 'report' writes it".formatted(file));
            return false;
        }
        try (var there = new BufferedInputStream(Files.newInputStream(file))) {
            var compared = new Same(there);
            content.to(compared);
            long at = compared.difference();
            if (at >= 0) {
                violation(
                        "I19",
                        "%s differs from what the ledger gives, from byte %d on".formatted(file.getFileName(), at),
                        file,
                        WRITE);
            }
            return at < 0;
        } catch (IOException unreadable) {
            findings.notChecked("I19", "%s cannot be read: %s".formatted(file, unreadable.getMessage()));
            return false;
        }
    }

    private void rows(JsonNode report, Path file) {
        var cells = new TreeMap<Integer, Map<String, String>>();
        tables.inventory()
                .forEach(line -> cells.put(
                        number(line),
                        JSON.readValue(text(line, "cells"), new TypeReference<Map<String, String>>() {})));
        var seen = new TreeSet<Integer>();
        for (var row : report.path("rows")) {
            int number = row.path("row").asInt();
            var known = cells.get(number);
            if (known == null || !seen.add(number)) {
                rowViolation(number, known == null ? "is no row of the inventory" : "is there twice", file);
            } else {
                known.forEach((column, cell) -> echoed(row, number, column, cell, file));
            }
        }
        cells.keySet().stream()
                .filter(number -> !seen.contains(number))
                .forEach(number -> rowViolation(number, "is not there", file));
        findings.checked("I2", seen.size() + " rows of report.json: those of the inventory, cell by cell");
    }

    private void echoed(JsonNode row, int number, String column, String cell, Path file) {
        for (var name = column; row.has(name); name = "inventory_" + name) {
            if (row.path(name).asString("").equals(cell)) {
                return;
            }
        }
        rowViolation(number, "does not have the cell %s of the inventory".formatted(column), file);
    }

    private void sums(JsonNode report) {
        var ofLedger = new TreeMap<String, Integer>();
        new RunReport(run, RunReport.of(run, ledger).rows())
                .rows()
                .forEach(row -> ofLedger.merge(row.outcome().name(), 1, Integer::sum));
        var ofJson = new TreeMap<String, Integer>();
        report.path("outcome").properties().forEach(entry -> {
            if (entry.getValue().asInt() > 0) {
                ofJson.put(entry.getKey(), entry.getValue().asInt());
            }
        });
        equal("report.json", ofLedger, ofJson);
        var csv = ReportFiles.directory(run).resolve("report.csv");
        if (Files.exists(csv)) {
            equal("report.csv", ofLedger, csv(csv));
        }
        findings.checked("I2", "the sums of outcomes of ledger, report.json and report.csv");
    }

    private static Map<String, Integer> csv(Path file) {
        var sums = new TreeMap<String, Integer>();
        try (var lines = new CSVReader(Files.newBufferedReader(file))) {
            String @Nullable [] header = lines.readNext();
            int outcome = header == null ? -1 : Arrays.asList(header).lastIndexOf("outcome");
            for (var line = lines.readNext(); line != null; line = lines.readNext()) {
                sums.merge(outcome >= 0 && outcome < line.length ? line[outcome] : "?", 1, Integer::sum);
            }
        } catch (IOException | CsvValidationException unreadable) {
            sums.put("unreadable: " + unreadable.getMessage(), 1);
        }
        return sums;
    }

    private void equal(String what, Map<String, Integer> ledger, Map<String, Integer> report) {
        if (!ledger.equals(report)) {
            findings.violation("I2", null, "%s counts %s, the ledger %s".formatted(what, report, ledger), what, WRITE);
        }
    }

    private void rowViolation(int number, String what, Path file) {
        findings.violation("I2", number, "in report.json the row " + what, file.toString(), WRITE);
    }

    private void violation(String invariant, String what, Path file, String action) {
        findings.violation(invariant, null, what, file.toString(), action);
    }
}
