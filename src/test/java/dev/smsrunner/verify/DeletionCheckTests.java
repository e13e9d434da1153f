package dev.smsrunner.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Deletions without a migration and without a confirmation. */
class DeletionCheckTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            DELETE_TASK   | DONE    | t-1 | s-1 | t-1 | -   | -         | 0
            DELETE_TASK   | DONE    | t-1 | s-1 | t-9 | -   | -         | 1
            DELETE_TASK   | DONE    | t-1 | -   | -   | -   | -         | 1
            DELETE_TASK   | SEEN    | t-1 | -   | -   | -   | -         | 1
            DELETE_TASK   | UNKNOWN | t-1 | -   | -   | -   | -         | 1
            DELETE_TASK   | REFUSED | t-1 | -   | -   | -   | -         | 0
            DELETE_TASK   | ABSENT  | t-1 | -   | -   | -   | -         | 0
            DELETE_TASK   | DONE    | t-1 | -   | -   | t-1 | erp-db-01 | 0
            DELETE_TASK   | DONE    | t-1 | -   | -   | T-1 | erp-db-01 | 0
            DELETE_TASK   | DONE    | t-1 | -   | -   | t-2 | erp-db-01 | 1
            DELETE_TASK   | DONE    | t-1 | -   | -   | t-1 | -         | 1
            DELETE_TASK   | DONE    | t-1 | -   | -   | -   | erp-db-01 | 1
            DELETE_SOURCE | DONE    | s-1 | s-1 | t-9 | -   | -         | 0
            DELETE_SOURCE | DONE    | s-1 | s-2 | t-1 | -   | -         | 1
            DELETE_SOURCE | DONE    | s-1 | -   | -   | t-1 | erp-db-01 | 0
            STOP          | DONE    | t-1 | -   | -   | -   | -         | 0
            """)
    void deletionNeedsAMigrationOrAConfirmation(
            String operation,
            String state,
            String target,
            @Nullable String migratedSource,
            @Nullable String migratedTask,
            @Nullable String task,
            @Nullable String confirm,
            int violations) {
        Map<String, @Nullable Object> intent = new HashMap<>(
                Map.of("row_no", 1L, "operation", operation, "attempt", 1L, "state", state, "target", target));
        Map<String, @Nullable Object> row = new HashMap<>(Map.of("row_no", 1L, "source_id", "s-1"));
        var cells = "{\"task_id\":\"%s\",\"confirm\":\"%s\"}"
                .formatted(task == null ? "" : task, confirm == null ? "" : confirm);
        Map<String, @Nullable Object> line = new HashMap<>(Map.of("row_no", 1L, "cells", cells));
        Map<String, @Nullable Object> migrated = new HashMap<>();
        migrated.put("source_id", migratedSource);
        migrated.put("task_id", migratedTask);
        var findings = new Findings(Map.of());

        new DeletionCheck(
                        new Tables(new HashMap<>(), List.of(row), List.of(line), List.of(intent), List.of(), List.of()),
                        List.of(migrated),
                        findings)
                .check();

        assertThat(findings.result("r-1", null).violations())
                .hasSize(violations)
                .allSatisfy(violation -> assertThat(violation.what())
                        .isEqualTo(operation + " of " + target
                                + " was sent, although no run migrated it and the row does not confirm it"));
    }
}
