package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.number;
import static dev.smsrunner.verify.Tables.text;

import dev.smsrunner.cloud.ListCoverage;
import dev.smsrunner.sms.CurrentTask;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.SourceServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** I1, I4 and drift: the current sources and tasks of the run in the service. Reads only. */
final class CloudCheck {

    private static final Set<String> SUCCESS = Set.of("MIGRATE_SUCCESS", "SYNC_SUCCESS");
    private static final String CONSOLE = "Check the source in the console.";

    private final Tables tables;
    private final Findings findings;
    private final RecordedSettings settings;
    private final Cloud cloud;
    private final boolean live;
    /** Ids of the tasks and sources that this or another run deleted. */
    private final Set<String> deleted;

    /** @param live whether a process works on the run, so that open rows may differ from the service */
    CloudCheck(Cloud cloud, Tables tables, boolean live, Findings findings) {
        this.cloud = cloud;
        this.tables = tables;
        this.live = live;
        this.findings = findings;
        this.deleted = Stream.concat(tables.intents().stream(), tables.intentsOfOthers().stream())
                .filter(intent -> text(intent, "operation").startsWith("DELETE_")
                        && Set.of("DONE", "SEEN").contains(text(intent, "state")))
                .map(intent -> text(intent, "target"))
                .collect(Collectors.toSet());
        this.settings = RecordedSettings.of(text(tables.run(), "settings"));
    }

    /** Current sources and tasks of the service. */
    static final class Cloud {

        private final Map<String, List<MigrationTask>> tasksOf = new HashMap<>();
        private final Map<String, MigrationTask> tasks = new HashMap<>();
        private final Map<String, SourceServer> sources = new HashMap<>();
        private ListCoverage taskCoverage = new ListCoverage(0, null);
        private ListCoverage sourceCoverage = new ListCoverage(0, null);

        static Cloud read(SmsApi sms) {
            var cloud = new Cloud();
            cloud.taskCoverage = sms.eachTaskPage(page -> page.tasks().forEach(cloud::add));
            cloud.sourceCoverage =
                    sms.eachSourcePage(page -> page.sourceServers().forEach(cloud::add));
            return cloud;
        }

        private void add(SourceServer source) {
            if (source.id() != null) {
                sources.put(source.id(), source);
            }
        }

        private void add(MigrationTask task) {
            if (task.id() != null) {
                tasks.put(task.id(), task);
            }
            if (task.sourceServerId() != null) {
                tasksOf.computeIfAbsent(task.sourceServerId(), source -> new ArrayList<>())
                        .add(task);
            }
        }

        @Nullable
        SourceServer source(String id) {
            return sources.get(id);
        }

        private List<MigrationTask> tasksOf(String source) {
            return tasksOf.getOrDefault(source, List.of());
        }
    }

    /** Whether the row is final: no unresolved call, and no process works on it. */
    private boolean isSettled(Map<String, @Nullable Object> row) {
        return text(row, "stage").equals("CLOSED")
                || !live && !Set.of("OPEN", "UNKNOWN").contains(text(row, "call_state"));
    }

    void check() {
        int count = 0;
        for (var row : tables.rows()) {
            var source = text(row, "source_id");
            if (!source.isEmpty() && !text(row, "outcome").equals("REJECTED")) {
                count++;
                checkDuplicates(row, source);
                checkSyncing(row);
                if (isSettled(row)) {
                    checkOtherTasks(row, source);
                    checkDrift(row, source);
                }
            }
        }
        reportIncomplete("ListServers", "source servers", cloud.sourceCoverage);
        reportIncomplete("ListTasks", "tasks", cloud.taskCoverage);
        findings.checked("I1", "cloud: tasks of %s".formatted(Findings.count(count, "source")));
        findings.checked(
                "DRIFT", "cloud: %s against the current state of the service".formatted(Findings.count(count, "row")));
        if (forbidsAutomaticLaunch() && cloud.tasks.values().stream().anyMatch(task -> task.syncing() != null)) {
            findings.checked("I4", "cloud: no task of the run has syncing=false");
        }
    }

    /** Sources and tasks that an incomplete list omits may still exist. */
    private void reportIncomplete(String operation, String what, ListCoverage coverage) {
        if (!coverage.isComplete()) {
            findings.notChecked(
                    "DRIFT",
                    "%s returned only %s %s; the others were not checked".formatted(operation, coverage, what));
        }
    }

    private void checkDuplicates(Map<String, @Nullable Object> row, String source) {
        var live = cloud.tasksOf(source).stream()
                .filter(task -> !SUCCESS.contains(String.valueOf(task.state())))
                .map(MigrationTask::id)
                .toList();
        if (live.size() > 1) {
            violation(
                    "I1",
                    row,
                    "the source %s has %d live tasks: %s".formatted(source, live.size(), live),
                    "ListTasks",
                    "Delete the unused task in the console.");
        }
    }

    private void checkOtherTasks(Map<String, @Nullable Object> row, String source) {
        cloud.tasksOf(source).stream()
                .filter(task -> !String.valueOf(task.id()).equals(text(row, "task_id")))
                .forEach(task -> violation(
                        "DRIFT",
                        row,
                        "the source has the task %s (%s), which is not the task of the row"
                                .formatted(task.id(), task.state()),
                        "ListTasks",
                        "Find its owner; if it has none, delete it in the console."));
    }

    private void checkDrift(Map<String, @Nullable Object> row, String sourceId) {
        var id = text(row, "task_id");
        var source = cloud.sources.get(sourceId);
        if (source == null && (!cloud.sourceCoverage.isComplete() || deleted.contains(sourceId))) {
            return;
        }
        if (source == null) {
            violation("DRIFT", row, "the source " + sourceId + " is no longer registered", "ListServers", CONSOLE);
            return;
        }
        CurrentTask current = source.currentTask();
        if (current != null && !id.isEmpty() && !id.equals(current.id())) {
            violation(
                    "DRIFT",
                    row,
                    "the current task of the source is %s, the task of the row is %s".formatted(current.id(), id),
                    "ListServers",
                    CONSOLE);
        }
        if (!id.isEmpty()
                && cloud.taskCoverage.isComplete()
                && !cloud.tasks.containsKey(id)
                && !deleted.contains(id)
                && !text(row, "outcome").equals("FAILED")) {
            violation("DRIFT", row, "the task " + id + " does not exist", "ListTasks", "Find out who deleted it.");
        } else if (text(row, "stage").equals("CLOSED") && cloud.tasks.containsKey(id)) {
            checkState(row, String.valueOf(cloud.tasks.get(id).state()));
        }
    }

    private void checkState(Map<String, @Nullable Object> row, String state) {
        boolean migrated = text(row, "outcome").equals("MIGRATED");
        boolean other =
                migrated ? !SUCCESS.contains(state) : !text(row, "task_state").equalsIgnoreCase(state);
        if (other && !text(row, "outcome").equals("SKIPPED")) {
            violation(
                    "DRIFT",
                    row,
                    "the row ended as %s with the task %s, but the task is now %s"
                            .formatted(text(row, "outcome"), text(row, "task_state"), state),
                    "ListTasks",
                    CONSOLE);
        }
    }

    /** Earlier editions of ListTasks return {@code syncing}; ShowTask does not. */
    private void checkSyncing(Map<String, @Nullable Object> row) {
        var task = cloud.tasks.get(text(row, "task_id"));
        if (forbidsAutomaticLaunch() && task != null && Boolean.FALSE.equals(task.syncing())) {
            violation(
                    "I4",
                    row,
                    "the task %s has syncing=false, so SMS launches it automatically".formatted(task.id()),
                    "ListTasks",
                    "Pause it in the console before its copy ends.");
        }
    }

    /** Whether the settings forbid an automatic launch by SMS. */
    private boolean forbidsAutomaticLaunch() {
        return settings.hasWindow() || settings.isManual();
    }

    private void violation(
            String invariant, Map<String, @Nullable Object> row, String what, String evidence, String action) {
        findings.violation(invariant, number(row), what, evidence, action);
    }
}
