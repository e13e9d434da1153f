package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.number;
import static dev.smsrunner.verify.Tables.text;

import dev.smsrunner.sms.CurrentTask;
import dev.smsrunner.sms.SourceServer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** I22: each row that was launched was launched onto the target that its row names. */
final class LaunchTargetCheck {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> EXECUTED = Set.of("DONE", "SEEN");
    private static final String ACTION =
            "Tell the owner of that target at once; look at the target before anything else is done.";

    private final Tables tables;
    private final Findings findings;
    private final Map<Integer, Named> named = new HashMap<>();
    private final Set<Integer> launched = new HashSet<>();
    private final Set<Integer> created;

    LaunchTargetCheck(Tables tables, Findings findings) {
        this.tables = tables;
        this.findings = findings;
        boolean migrates = text(tables.run(), "job").equals("migrate");
        var agreed = RecordedSettings.of(text(tables.run(), "settings"));
        for (var line : migrates ? tables.inventory() : List.<Map<String, @Nullable Object>>of()) {
            named.put(number(line), Named.of(cells(line), agreed));
        }
        launched.addAll(executed("LAUNCH"));
        created = executed("CREATE");
        tables.rows().stream()
                .filter(row -> text(row, "outcome").equals("MIGRATED"))
                .forEach(row -> launched.add(number(row)));
        launched.retainAll(named.keySet());
    }

    private Set<Integer> executed(String operation) {
        return tables.intents().stream()
                .filter(intent -> text(intent, "operation").equals(operation))
                .filter(intent -> EXECUTED.contains(text(intent, "state")))
                .map(Tables::number)
                .collect(Collectors.toSet());
    }

    /**
     * What the service shows of the kind of the target, null when that tells nothing: no page of the API says whether
     * {@code exist_server} stays false once SMS has made the new server of a task that the run created.
     */
    private @Nullable Boolean kind(int row, @Nullable Boolean shown) {
        boolean made = created.contains(row)
                && Objects.requireNonNull(named.get(row)).server().isEmpty();
        return made && Boolean.TRUE.equals(shown) ? null : shown;
    }

    private static Map<String, String> cells(Map<String, @Nullable Object> line) {
        return JSON.readValue(text(line, "cells"), new TypeReference<Map<String, String>>() {});
    }

    /**
     * The target that a row names, its empty cells filled from the job file.
     *
     * @param server id of an existing target server, empty for a new one
     */
    private record Named(String server, String region, String project) {

        static Named of(Map<String, String> cells, RecordedSettings agreed) {
            boolean template = !cells.getOrDefault("vm_template_id", "").isBlank();
            var server = cells.getOrDefault("target_server_id", "").strip();
            return new Named(
                    server.isEmpty() && !template ? agreed.text("defaults.target_server_id") : server,
                    value("target_region", cells, agreed),
                    value("target_project_id", cells, agreed));
        }

        private static String value(String column, Map<String, String> cells, RecordedSettings agreed) {
            var cell = cells.getOrDefault(column, "").strip();
            return cell.isEmpty() ? agreed.text("defaults." + column) : cell;
        }

        /** Every difference as text; what was not shown is none. */
        String differences(@Nullable Boolean existing, String shownServer, String shownRegion, String shownProject) {
            var text = new StringBuilder();
            boolean otherKind = existing != null && existing == server.isEmpty();
            if (otherKind || !server.isEmpty() && differs(server, shownServer)) {
                add(text, "target_server_id", server.isEmpty() ? "none (new server)" : server, shownServer);
            }
            if (differs(region, shownRegion)) {
                add(text, "target_region", region, shownRegion);
            }
            if (differs(project, shownProject)) {
                add(text, "target_project_id", project, shownProject);
            }
            return text.toString();
        }

        private static boolean differs(String wanted, String shown) {
            return !wanted.isEmpty() && !shown.isEmpty() && !wanted.equalsIgnoreCase(shown);
        }

        private static void add(StringBuilder text, String field, String row, String task) {
            text.append(text.isEmpty() ? "" : "; ")
                    .append("%s: row %s, task %s".formatted(field, row, task.isEmpty() ? "none (new server)" : task));
        }
    }

    /** By what the run itself saw of the targets. */
    void ledger() {
        int known = 0;
        for (var row : tables.rows()) {
            if (launched.contains(number(row)) && seen(row)) {
                known++;
                judge(
                        number(row),
                        of(row).differences(
                                        kind(
                                                number(row),
                                                row.get("actual_exist_server") instanceof Boolean existing
                                                        ? existing
                                                        : null),
                                        text(row, "actual_target_id"),
                                        text(row, "actual_region"),
                                        text(row, "actual_project")),
                        "migration.actual_target_id");
            }
        }
        if (known < launched.size()) {
            findings.notChecked("I22", "of %d launched rows no target was recorded".formatted(launched.size() - known));
        }
        findings.checked("I22", "%d launched rows: each onto the target of its row".formatted(known));
    }

    private static boolean seen(Map<String, @Nullable Object> row) {
        return row.get("actual_exist_server") != null
                || !text(row, "actual_region").isEmpty();
    }

    /** By what the service shows now. */
    void cloud(Function<String, @Nullable SourceServer> sources) {
        int shown = 0;
        for (var row : tables.rows()) {
            var source = launched.contains(number(row)) ? sources.apply(text(row, "source_id")) : null;
            var task = source == null ? null : source.currentTask();
            if (task != null && text(row, "task_id").equals(task.id())) {
                shown++;
                judge(number(row), ofCloud(row, task), "ListServers, current_task");
            }
        }
        findings.checked("I22", "cloud: the targets of %d launched rows".formatted(shown));
    }

    private String ofCloud(Map<String, @Nullable Object> row, CurrentTask task) {
        return of(row).differences(
                        kind(number(row), task.existServer()),
                        task.targetServer() == null
                                ? ""
                                : Objects.toString(task.targetServer().vmId(), ""),
                        Objects.toString(task.regionId(), ""),
                        Objects.toString(task.projectId(), ""));
    }

    /** By what the simulated service recorded at each launch of the run. */
    void audit(List<AuditLine> heard, Attribution whose) {
        int told = 0;
        for (var one : heard) {
            var row = whose.row(one);
            if (row != null
                    && named.containsKey(row)
                    && one.executed()
                    && one.leads().isObject()
                    && whose.isLaunchOfTheRun(one)) {
                told++;
                judge(row, ofAudit(row, one.leads()), one.evidence());
            }
        }
        findings.checked("I22", "audit: the targets of %d launches".formatted(told));
    }

    private String ofAudit(int row, JsonNode target) {
        return Objects.requireNonNull(named.get(row))
                .differences(
                        target.path("existing").isBoolean()
                                ? target.path("existing").booleanValue()
                                : null,
                        target.path("server").asString(""),
                        target.path("region").asString(""),
                        target.path("project").asString(""));
    }

    private Named of(Map<String, @Nullable Object> row) {
        return Objects.requireNonNull(named.get(number(row)));
    }

    private void judge(int row, String differences, String evidence) {
        if (!differences.isEmpty()) {
            findings.violation("I22", row, "launched onto another target: " + differences, evidence, ACTION);
        }
    }
}
