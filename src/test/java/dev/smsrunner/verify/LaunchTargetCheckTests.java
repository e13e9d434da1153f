package dev.smsrunner.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.job.BulkJobs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Targets of launched rows. */
class LaunchTargetCheckTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String NEW = "{\"vm_template_id\":\"t-1\",\"target_region\":\"r-1\"}";
    private static final String EXISTING = "{\"target_server_id\":\"ECS-1\",\"target_region\":\"r-1\"}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            new      | false | intentRows-1 | r-1 | p-1 |
            new      | true  | PROD   | r-1 | p-1 | target_server_id: row none (new server), task PROD
            new      | -     | PROD   | r-1 | p-1 |
            new      | false | intentRows-1 | r-2 | p-2 | target_region: row r-1, task r-2; target_project_id: row p-1, task p-2
            existing | true  | ecs-1  | r-1 | p-1 |
            existing | true  | PROD   | r-1 | p-1 | target_server_id: row ECS-1, task PROD
            existing | false | intentRows-1 | r-1 | p-1 | target_server_id: row ECS-1, task intentRows-1
            existing | false | -      | r-1 | p-1 | target_server_id: row ECS-1, task none (new server)
            """)
    void observedTargetIsComparedWithTheRow(
            String kind,
            @Nullable Boolean exists,
            @Nullable String server,
            String region,
            String project,
            @Nullable String difference) {
        var row = row("MIGRATED");
        row.put("actual_exist_server", exists);
        row.put("actual_target_id", server);
        row.put("actual_region", region);
        row.put("actual_project", project);

        var found = found(kind.equals("new") ? NEW : EXISTING, row);

        if (difference == null) {
            assertThat(found.violations()).isEmpty();
        } else {
            assertThat(found.violations()).singleElement().satisfies(violation -> {
                assertThat(violation.invariant()).isEqualTo("I22");
                assertThat(violation.what()).endsWith(difference);
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"DONE, r-1, 0", "SEEN, r-1, 0", "ABSENT, r-1, 1", "DONE, r-2, 1"})
    void newServerOfACreatedTaskMayAppearAsExisting(String create, String region, int violations) {
        var row = row("MIGRATED");
        row.put("actual_exist_server", true);
        row.put("actual_target_id", "made-1");
        row.put("actual_region", region);
        row.put("actual_project", "p-1");
        Map<String, @Nullable Object> intent =
                new HashMap<>(Map.of("row_no", 1L, "operation", "CREATE", "state", create));
        var findings = new Findings(Map.of());

        new LaunchTargetCheck(tables(NEW, row, intent), findings).ledger();

        assertThat(findings.result("run", null).violations()).hasSize(violations);
    }

    @Test
    void rowWithoutLaunchIsNotCompared() {
        var row = row("REJECTED");
        row.put("actual_exist_server", true);
        row.put("actual_target_id", "PROD");

        assertThat(found(NEW, row).violations()).isEmpty();
    }

    @Test
    void rowWithoutRecordedTargetIsNotChecked() {
        assertThat(found(NEW, row("MIGRATED")).notChecked())
                .contains(new VerificationResult.Remark("I22", "1 launched row without a recorded target"));
    }

    @Test
    void launchInTheAuditIsCompared() {
        var findings = new Findings(Map.of());
        var tables = tables(EXISTING, row("FAILED"));
        var entries = new ArrayList<AuditLine>();
        entries.add(entry(1, "ListServers", "{}"));
        entries.add(entry(2, "test", "{\"existing\":true,\"server\":\"PROD\",\"region\":\"r-1\",\"project\":\"p-1\"}"));

        new LaunchTargetCheck(tables, findings)
                .audit(entries, new Attribution(entries, tables, new JobCalls(BulkJobs.calls())));

        assertThat(findings.result("run", null).violations()).singleElement().satisfies(violation -> {
            assertThat(violation.what()).endsWith("target_server_id: row ECS-1, task PROD");
            assertThat(violation.evidence()).startsWith("audit 2");
        });
    }

    @ParameterizedTest
    @CsvSource({"REJECTED, -, 0", "REJECTED, REFUSED, 0", "MIGRATED, -, 0", "FAILED, DONE, 1", "FAILED, OPEN, 1"})
    void automaticLaunchCountsOnlyIfTheRunStartedTheTask(String outcome, String start, int violations) {
        var findings = new Findings(Map.of());
        Map<String, @Nullable Object> intent = new HashMap<>(Map.of(
                "row_no",
                1L,
                "operation",
                start.equals("-") ? "UPDATE" : "START",
                "state",
                start.equals("-") ? "DONE" : start,
                "target",
                "task-1",
                "intended_at",
                "2026-11-21T21:00:00Z"));
        var tables = tables(EXISTING, row(outcome), intent);
        var entries = List.of(
                entry(1, "ListServers", "{}"),
                entry(2, "launch", "{\"existing\":true,\"server\":\"PROD\",\"region\":\"r-1\",\"project\":\"p-1\"}"));

        new LaunchTargetCheck(tables, findings)
                .audit(entries, new Attribution(entries, tables, new JobCalls(BulkJobs.calls())));

        assertThat(findings.result("run", null).violations()).hasSize(violations);
    }

    private static AuditLine entry(long seq, String operation, String target) {
        var at = Instant.parse("2026-11-21T22:00:00Z");
        return new AuditLine(
                seq,
                at,
                at,
                operation,
                "source-1",
                "task-1",
                "request-" + seq,
                "EXECUTED",
                "",
                "",
                "us",
                JSON.readTree(target));
    }

    private static VerificationResult found(String cells, Map<String, @Nullable Object> row) {
        var findings = new Findings(Map.of());
        new LaunchTargetCheck(tables(cells, row), findings).ledger();
        return findings.result("run", null);
    }

    @SafeVarargs
    private static Tables tables(
            String cells, Map<String, @Nullable Object> row, Map<String, @Nullable Object>... intents) {
        var run = new HashMap<String, @Nullable Object>(
                Map.of("job", "migrate", "settings", "{\"defaults.target_project_id\":\"p-1\"}"));
        var line = new HashMap<String, @Nullable Object>(Map.of("row_no", 1L, "cells", cells));
        var intentRows = new ArrayList<Map<String, @Nullable Object>>();
        for (var intent : intents) {
            intentRows.add(intent);
        }
        return new Tables(run, List.of(row), List.of(line), intentRows, List.of(), List.of());
    }

    private static Map<String, @Nullable Object> row(String outcome) {
        return new HashMap<>(Map.of(
                "row_no", 1L, "source_id", "source-1", "task_id", "task-1", "stage", "CLOSED", "outcome", outcome));
    }
}
