package dev.smsrunner.chaos;

import dev.smsrunner.scenario.CommandResult;
import dev.smsrunner.scenario.Scenario;
import dev.smsrunner.simulator.KnownServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Everything that must hold after a night, and what must hold at the moment of a death. */
final class InvariantChecks {

    private static final Set<String> COMPARED = Set.of(
            "outcome",
            "reason",
            "stage",
            "task_state",
            "copy_state",
            "migration_cycle",
            "attempts",
            "error_code",
            "actual_region",
            "actual_project");

    private final Scenario night;
    private final TrialFindings findings;
    private final AuditChecks audit;

    InvariantChecks(Scenario night, TrialFindings findings) {
        this.night = night;
        this.findings = findings;
        this.audit = new AuditChecks(night.audit());
    }

    /** The process is dead: what was carried out is on record, and a report is whole or not there. */
    void atDeath() {
        try (var books = DatabaseCopy.of(night)) {
            intended(books);
        }
        reports().forEach(this::whole);
    }

    private void intended(DatabaseCopy books) {
        var intents = new HashMap<String, Integer>();
        books.ask(
                        "select m.source_id, i.operation from intent i join migration m on m.run_id = i.run_id and m.row_no = i.row_no")
                .forEach(row -> intents.merge(row.get("source_id") + " " + row.get("operation"), 1, Integer::sum));
        audit.executed()
                .forEach((call, times) -> findings.holds(
                        times <= intents.getOrDefault(call, 0),
                        "intent before effect",
                        call + " executed " + times + " times, intended " + intents.getOrDefault(call, 0)));
    }

    /**
     * What was carried out is recorded as carried out. An update is not looked up but compared, so it does not count; and a
     * start that was lost and failed again before anybody looked leaves nothing that tells of it.
     */
    private void recorded(DatabaseCopy books) {
        var done = new HashMap<String, Integer>();
        books.ask(
                        "select m.source_id, i.operation from intent i join migration m on m.run_id = i.run_id and m.row_no = i.row_no"
                                + " where i.state in ('DONE', 'SEEN')")
                .forEach(row -> done.merge(row.get("source_id") + " " + row.get("operation"), 1, Integer::sum));
        audit.executed().entrySet().stream()
                .filter(call -> !call.getKey().endsWith(" UPDATE"))
                .filter(call -> !audit.failed().contains(call.getKey().replace(" START", "")))
                .forEach(call -> findings.holds(
                        call.getValue() <= done.getOrDefault(call.getKey(), 0),
                        "the ledger says what was done",
                        call + ", recorded " + done.getOrDefault(call.getKey(), 0)));
    }

    private List<Path> reports() {
        if (!Files.isDirectory(night.reports())) {
            return List.of();
        }
        try (var files = Files.walk(night.reports())) {
            return files.filter(file -> file.toString().endsWith("report.json")).toList();
        } catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private void whole(Path report) {
        try {
            JsonMapper.builder().build().readTree(report.toFile());
        } catch (JacksonException ex) {
            findings.holds(false, "reports are whole", report.getFileName() + " " + ex.getMessage());
        }
    }

    /** The run is finished. */
    void atEnd(CommandResult told, int servers, int runs) {
        var rows = told.report();
        findings.same(rows.size(), servers, "each row in the report once");
        findings.holds(
                told.callStates().stream().noneMatch(Set.of("OPEN", "UNKNOWN")::contains),
                "every call is resolved",
                told.callStates());
        launchedWhatIsMigrated(rows);
        audit.add(findings);
        try (var books = DatabaseCopy.of(night)) {
            intended(books);
            recorded(books);
            explained(books, told.runId());
        }
        findings.same(runs(), runs, "one run");
        secrets();
        verify(told.runId());
    }

    private int runs() {
        return night.command("runs", "--json").exits(0).json().size();
    }

    private void launchedWhatIsMigrated(Map<String, Map<String, String>> rows) {
        var finished = audit.finished();
        for (var server : KnownServer.first(rows.size())) {
            var outcome = rows.getOrDefault(server.name(), Map.of()).get("outcome");
            findings.holds(
                    !"MIGRATED".equals(outcome) || finished.contains(server.id()),
                    "the report says what the cloud says",
                    server.name() + " is not finished in the cloud");
        }
    }

    private void explained(DatabaseCopy books, String run) {
        var closed = books
                .ask("select row_no from event where kind = 'STAGE' and after_text = 'CLOSED' and run_id = '" + run
                        + "'")
                .stream()
                .map(row -> row.get("row_no"))
                .collect(Collectors.toSet());
        books.ask("select row_no from migration where stage = 'CLOSED' and run_id = '" + run + "'")
                .forEach(row -> findings.holds(
                        closed.contains(row.get("row_no")), "every state is explained", "row " + row.get("row_no")));
    }

    private void secrets() {
        try (var files = Files.walk(night.directory())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var text = Files.readString(file, StandardCharsets.ISO_8859_1);
                findings.holds(
                        !text.contains(Scenario.SECRET_KEY) && !text.contains(Scenario.ACCESS_KEY),
                        "no secret anywhere",
                        file.getFileName());
            }
        } catch (IOException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** The product's own checker has the last word; it is given the simulator's audit and may look at the cloud. */
    private void verify(String run) {
        var said = night.verify(run, "--remote");
        findings.holds(said.exitCode() == 0, "verify", said.out() + said.err());
    }

    /** The same as if nothing had happened. */
    void same(CommandResult told, BaselineRun undisturbed) {
        findings.same(canonical(told), undisturbed.rows(), "as undisturbed: rows");
        findings.same(night.cloud().creates(), undisturbed.creates(), "as undisturbed: creates");
        findings.same(night.cloud().starts(), undisturbed.starts(), "as undisturbed: starts");
        findings.same(night.cloud().launches(), undisturbed.launches(), "as undisturbed: launches");
        findings.same(night.cloud().times("UpdateSpeed"), undisturbed.limited(), "as undisturbed: speed limits");
    }

    /** What of a report does not depend on the hour. */
    static Map<String, Map<String, String>> canonical(CommandResult told) {
        var rows = new TreeMap<String, Map<String, String>>();
        told.report().forEach((server, row) -> {
            var cells = new TreeMap<>(row);
            cells.keySet().retainAll(COMPARED);
            rows.put(server, cells);
        });
        return rows;
    }
}
