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

/** Invariants after a run and after a kill. */
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

    private final Scenario scenario;
    private final TrialFindings findings;
    private final AuditChecks audit;

    InvariantChecks(Scenario scenario, TrialFindings findings) {
        this.scenario = scenario;
        this.findings = findings;
        this.audit = new AuditChecks(scenario.audit());
    }

    /** Checks after a kill: executed calls have intents, and reports are complete or missing. */
    void atDeath() {
        try (var database = DatabaseCopy.of(scenario)) {
            intended(database);
        }
        reports().forEach(this::whole);
    }

    private void intended(DatabaseCopy database) {
        var intents = new HashMap<String, Integer>();
        database.query(
                        "select m.source_id, i.operation from intent i join migration m on m.run_id = i.run_id and m.row_no = i.row_no")
                .forEach(row -> intents.merge(row.get("source_id") + " " + row.get("operation"), 1, Integer::sum));
        audit.executed()
                .forEach((call, times) -> findings.holds(
                        times <= intents.getOrDefault(call, 0),
                        "intent before effect",
                        call + " executed " + times + " times, intended " + intents.getOrDefault(call, 0)));
    }

    /**
     * Checks that executed calls are recorded as executed. Updates are excluded, since the runner compares fields instead.
     * Failed sources are excluded, since a lost start that failed before the next poll leaves no trace.
     */
    private void recorded(DatabaseCopy database) {
        var done = new HashMap<String, Integer>();
        database.query(
                        "select m.source_id, i.operation from intent i join migration m on m.run_id = i.run_id and m.row_no = i.row_no"
                                + " where i.state in ('DONE', 'SEEN')")
                .forEach(row -> done.merge(row.get("source_id") + " " + row.get("operation"), 1, Integer::sum));
        audit.executed().entrySet().stream()
                .filter(call -> !call.getKey().endsWith(" UPDATE"))
                .filter(call -> !audit.failed().contains(call.getKey().replace(" START", "")))
                .forEach(call -> findings.holds(
                        call.getValue() <= done.getOrDefault(call.getKey(), 0),
                        "the ledger records every call",
                        call + ", recorded " + done.getOrDefault(call.getKey(), 0)));
    }

    private List<Path> reports() {
        if (!Files.isDirectory(scenario.reports())) {
            return List.of();
        }
        try (var files = Files.walk(scenario.reports())) {
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

    /** Checks after the end of the run. */
    void atEnd(CommandResult result, int servers, int runs) {
        var rows = result.report();
        findings.same(rows.size(), servers, "each row in the report once");
        findings.holds(
                result.callStates().stream().noneMatch(Set.of("OPEN", "UNKNOWN")::contains),
                "every call is resolved",
                result.callStates());
        launchedWhatIsMigrated(rows);
        audit.add(findings);
        try (var database = DatabaseCopy.of(scenario)) {
            intended(database);
            recorded(database);
            explained(database, result.runId());
        }
        findings.same(runs(), runs, "one run");
        secrets();
        verify(result.runId());
    }

    private int runs() {
        return scenario.command("runs", "--json").exits(0).json().size();
    }

    private void launchedWhatIsMigrated(Map<String, Map<String, String>> rows) {
        var finished = audit.finished();
        for (var server : KnownServer.first(rows.size())) {
            var outcome = rows.getOrDefault(server.name(), Map.of()).get("outcome");
            findings.holds(
                    !"MIGRATED".equals(outcome) || finished.contains(server.id()),
                    "the report matches the cloud",
                    server.name() + " is not finished in the cloud");
        }
    }

    private void explained(DatabaseCopy database, String run) {
        var closed = database
                .query("select row_no from event where kind = 'STAGE' and after_text = 'CLOSED' and run_id = '" + run
                        + "'")
                .stream()
                .map(row -> row.get("row_no"))
                .collect(Collectors.toSet());
        database.query("select row_no from migration where stage = 'CLOSED' and run_id = '" + run + "'")
                .forEach(row -> findings.holds(
                        closed.contains(row.get("row_no")), "every state is explained", "row " + row.get("row_no")));
    }

    private void secrets() {
        try (var files = Files.walk(scenario.directory())) {
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

    /** Runs the verify command with the audit of the simulator and the cloud. */
    private void verify(String run) {
        var output = scenario.verify(run, "--remote");
        findings.holds(output.exitCode() == 0, "verify", output.out() + output.err());
    }

    /** Checks that the result equals the undisturbed run. */
    void same(CommandResult result, BaselineRun undisturbed) {
        findings.same(rows(result, undisturbed), undisturbed.rows(), "as undisturbed: rows");
        findings.same(scenario.cloud().creates(), undisturbed.creates(), "as undisturbed: creates");
        findings.same(scenario.cloud().starts(), undisturbed.starts(), "as undisturbed: starts");
        findings.same(scenario.cloud().launches(), undisturbed.launches(), "as undisturbed: launches");
        var limited = scenario.cloud().times("UpdateSpeed");
        findings.same(limitsSet(limited), limitsSet(undisturbed.limited()), "as undisturbed: speed limits");
        findings.holds(limited.getOrDefault(TrialSetup.UNLIMITED, 0) <= 1, "one removal of limits", limited);
    }

    /**
     * The rows of the report. A restart without an answer counts as one attempt, although the service may not have received
     * it, so the failing server may have that many attempts more.
     */
    private Map<String, Map<String, String>> rows(CommandResult result, BaselineRun undisturbed) {
        var rows = canonical(result);
        var expected =
                undisturbed.rows().getOrDefault(TrialSetup.FAILING, Map.of()).get("attempts");
        var cells = rows.get(TrialSetup.FAILING);
        if (expected != null && cells != null) {
            int more = Integer.parseInt(cells.get("attempts")) - Integer.parseInt(expected);
            if (more > 0 && more <= unsentStarts()) {
                cells.put("attempts", expected);
            }
        }
        return rows;
    }

    private int unsentStarts() {
        try (var database = DatabaseCopy.of(scenario)) {
            return database.query(
                            "select i.state from intent i join migration m on m.run_id = i.run_id and m.row_no = i.row_no"
                                    + " where i.operation = 'START' and i.state = 'ABSENT' and m.server_name = '"
                                    + TrialSetup.FAILING + "'")
                    .size();
        }
    }

    /** Without the removal: when a kill prevents that call, the task already has no limits, and the runner need not send it. */
    private static Map<String, Integer> limitsSet(Map<String, Integer> calls) {
        var set = new TreeMap<>(calls);
        set.remove(TrialSetup.UNLIMITED);
        return set;
    }

    /** The columns of a report that do not depend on time. */
    static Map<String, Map<String, String>> canonical(CommandResult result) {
        var rows = new TreeMap<String, Map<String, String>>();
        result.report().forEach((server, row) -> {
            var cells = new TreeMap<>(row);
            cells.keySet().retainAll(COMPARED);
            rows.put(server, cells);
        });
        return rows;
    }
}
