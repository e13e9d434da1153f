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
import tools.jackson.databind.JsonNode;

/** I22: each launched row has the target of its inventory row. */
final class LaunchTargetCheck {

    private static final Set<String> EXECUTED = Set.of("DONE", "SEEN");
    private static final String ACTION =
            "Inform the owner of that target immediately, and check the target before any other action.";

    private final Tables tables;
    private final Findings findings;
    private final Map<Integer, ExpectedTarget> expected = new HashMap<>();
    private final Set<Integer> launched = new HashSet<>();
    private final Set<Integer> created;

    LaunchTargetCheck(Tables tables, Findings findings) {
        this.tables = tables;
        this.findings = findings;
        boolean migrates = text(tables.run(), "job").equals("migrate");
        var settings = RecordedSettings.of(text(tables.run(), "settings"));
        for (var line : migrates ? tables.inventory() : List.<Map<String, @Nullable Object>>of()) {
            expected.put(number(line), ExpectedTarget.of(Tables.cells(line), settings));
        }
        launched.addAll(executed("LAUNCH"));
        created = executed("CREATE");
        tables.rows().stream()
                .filter(row -> text(row, "outcome").equals("MIGRATED"))
                .forEach(row -> launched.add(number(row)));
        launched.retainAll(expected.keySet());
    }

    private Set<Integer> executed(String operation) {
        return tables.intents().stream()
                .filter(intent -> text(intent, "operation").equals(operation))
                .filter(intent -> EXECUTED.contains(text(intent, "state")))
                .map(Tables::number)
                .collect(Collectors.toSet());
    }

    /**
     * Whether the service shows an existing target server, null if unknown: the API documentation does not state whether
     * {@code exist_server} stays false after SMS has created the new server of a task.
     */
    private @Nullable Boolean kind(int row, @Nullable Boolean count) {
        boolean made = created.contains(row)
                && Objects.requireNonNull(expected.get(row)).server().isEmpty();
        return made && Boolean.TRUE.equals(count) ? null : count;
    }

    /**
     * Target of an inventory row, with defaults from the job file.
     *
     * @param server id of an existing target server, empty for a new one
     */
    private record ExpectedTarget(String server, String region, String project) {

        static ExpectedTarget of(Map<String, String> cells, RecordedSettings settings) {
            boolean template = !cells.getOrDefault("vm_template_id", "").isBlank();
            var server = cells.getOrDefault("target_server_id", "").strip();
            return new ExpectedTarget(
                    server.isEmpty() && !template ? settings.text("defaults.target_server_id") : server,
                    value("target_region", cells, settings),
                    value("target_project_id", cells, settings));
        }

        private static String value(String column, Map<String, String> cells, RecordedSettings settings) {
            var cell = cells.getOrDefault(column, "").strip();
            return cell.isEmpty() ? settings.text("defaults." + column) : cell;
        }

        /** All differences as text; missing values are no difference. */
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

        private static boolean differs(String wanted, String count) {
            return !wanted.isEmpty() && !count.isEmpty() && !wanted.equalsIgnoreCase(count);
        }

        private static void add(StringBuilder text, String field, String row, String task) {
            text.append(text.isEmpty() ? "" : "; ")
                    .append("%s: row %s, task %s".formatted(field, row, task.isEmpty() ? "none (new server)" : task));
        }
    }

    /** Checks the targets that the run observed. */
    void ledger() {
        int recordedCount = 0;
        for (var row : tables.rows()) {
            if (launched.contains(number(row)) && isRecorded(row)) {
                recordedCount++;
                compare(
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
        if (recordedCount < launched.size()) {
            findings.notChecked(
                    "I22",
                    "%s without a recorded target"
                            .formatted(Findings.count(launched.size() - recordedCount, "launched row")));
        }
        findings.checked(
                "I22", "%s: each to the target of its row".formatted(Findings.count(recordedCount, "launched row")));
    }

    private static boolean isRecorded(Map<String, @Nullable Object> row) {
        return row.get("actual_exist_server") != null
                || !text(row, "actual_region").isEmpty();
    }

    /** Checks the current targets in the service. */
    void cloud(Function<String, @Nullable SourceServer> sources) {
        int count = 0;
        for (var row : tables.rows()) {
            var source = launched.contains(number(row)) ? sources.apply(text(row, "source_id")) : null;
            var task = source == null ? null : source.currentTask();
            if (task != null && text(row, "task_id").equals(task.id())) {
                count++;
                compare(number(row), ofCloud(row, task), "ListServers, current_task");
            }
        }
        findings.checked("I22", "cloud: the targets of %s".formatted(Findings.count(count, "launched row")));
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

    /** Checks the targets that the simulated service recorded at each launch of the run. */
    void audit(List<AuditLine> entries, Attribution attribution) {
        int count = 0;
        for (var one : entries) {
            var row = attribution.row(one);
            if (row != null
                    && expected.containsKey(row)
                    && one.isExecuted()
                    && one.launchTarget().isObject()
                    && attribution.isLaunchOfTheRun(one)) {
                count++;
                compare(row, ofAudit(row, one.launchTarget()), one.evidence());
            }
        }
        findings.checked("I22", "audit: the targets of %s".formatted(Findings.count(count, "launch")));
    }

    private String ofAudit(int row, JsonNode target) {
        return Objects.requireNonNull(expected.get(row))
                .differences(
                        target.path("existing").isBoolean()
                                ? target.path("existing").booleanValue()
                                : null,
                        target.path("server").asString(""),
                        target.path("region").asString(""),
                        target.path("project").asString(""));
    }

    private ExpectedTarget of(Map<String, @Nullable Object> row) {
        return Objects.requireNonNull(expected.get(number(row)));
    }

    private void compare(int row, String differences, String evidence) {
        if (!differences.isEmpty()) {
            findings.violation("I22", row, "launched to another target: " + differences, evidence, ACTION);
        }
    }
}
