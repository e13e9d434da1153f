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
import org.jspecify.annotations.Nullable;

/** I1, I4 and drift: the sources and tasks of the run as the service has them now. Reads only. */
final class CloudCheck {

    private static final Set<String> SUCCESS = Set.of("MIGRATE_SUCCESS", "SYNC_SUCCESS");
    private static final String CONSOLE = "Look at the source in the console.";

    private final Tables tables;
    private final Findings findings;
    private final RecordedSettings agreed;
    private final Cloud cloud;
    private final boolean live;

    /** @param live whether a process works on the run now, so that open rows may be ahead or behind */
    CloudCheck(Cloud cloud, Tables tables, boolean live, Findings findings) {
        this.cloud = cloud;
        this.tables = tables;
        this.live = live;
        this.findings = findings;
        this.agreed = RecordedSettings.of(text(tables.run(), "settings"));
    }

    /** What the service has now. */
    static final class Cloud {

        private final Map<String, List<MigrationTask>> tasksOf = new HashMap<>();
        private final Map<String, MigrationTask> tasks = new HashMap<>();
        private final Map<String, SourceServer> sources = new HashMap<>();
        private ListCoverage shownTasks = new ListCoverage(0, null);
        private ListCoverage shownSources = new ListCoverage(0, null);

        static Cloud look(SmsApi sms) {
            var cloud = new Cloud();
            cloud.shownTasks = sms.eachTaskPage(page -> page.tasks().forEach(cloud::add));
            cloud.shownSources = sms.eachSourcePage(page -> page.sourceServers().forEach(cloud::add));
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

    /** What becomes of an open row with an undecided call, or in the hands of a process, is not known yet. */
    private boolean settled(Map<String, @Nullable Object> row) {
        return text(row, "stage").equals("CLOSED")
                || !live && !Set.of("OPEN", "UNKNOWN").contains(text(row, "call_state"));
    }

    void check() {
        int looked = 0;
        for (var row : tables.rows()) {
            var source = text(row, "source_id");
            if (!source.isEmpty() && !text(row, "outcome").equals("REJECTED")) {
                looked++;
                doubled(row, source);
                synced(row);
                if (settled(row)) {
                    others(row, source);
                    drift(row, source);
                }
            }
        }
        incomplete("ListServers", "source servers", cloud.shownSources);
        incomplete("ListTasks", "tasks", cloud.shownTasks);
        findings.checked("I1", "cloud: tasks of %d sources".formatted(looked));
        findings.checked("DRIFT", "cloud: %d rows against the service's present state".formatted(looked));
        if (keepsInSync() && cloud.tasks.values().stream().anyMatch(task -> task.syncing() != null)) {
            findings.checked("I4", "cloud: no task of the run has syncing=false");
        }
    }

    /** What the service does not show may be there all the same. */
    private void incomplete(String operation, String what, ListCoverage shown) {
        if (!shown.isComplete()) {
            findings.notChecked(
                    "DRIFT", "%s showed only %s %s: nothing is said of the others".formatted(operation, shown, what));
        }
    }

    private void doubled(Map<String, @Nullable Object> row, String source) {
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
                    "Delete the one that is not used, in the console.");
        }
    }

    private void others(Map<String, @Nullable Object> row, String source) {
        cloud.tasksOf(source).stream()
                .filter(task -> !String.valueOf(task.id()).equals(text(row, "task_id")))
                .forEach(task -> violation(
                        "DRIFT",
                        row,
                        "the source has the task %s (%s), which is not the one of the row"
                                .formatted(task.id(), task.state()),
                        "ListTasks",
                        "Find out whose it is; delete it in the console if it is nobody's."));
    }

    private void drift(Map<String, @Nullable Object> row, String sourceId) {
        var id = text(row, "task_id");
        var source = cloud.sources.get(sourceId);
        if (source == null && !cloud.shownSources.isComplete()) {
            return;
        }
        if (source == null) {
            violation("DRIFT", row, "the source " + sourceId + " is not registered any more", "ListServers", CONSOLE);
            return;
        }
        CurrentTask current = source.currentTask();
        if (current != null && !id.isEmpty() && !id.equals(current.id())) {
            violation(
                    "DRIFT",
                    row,
                    "the source's current task is %s, the row's is %s".formatted(current.id(), id),
                    "ListServers",
                    CONSOLE);
        }
        if (!id.isEmpty()
                && cloud.shownTasks.isComplete()
                && !cloud.tasks.containsKey(id)
                && !text(row, "outcome").equals("FAILED")) {
            violation("DRIFT", row, "the task " + id + " is gone", "ListTasks", "Find out who deleted it.");
        } else if (text(row, "stage").equals("CLOSED") && cloud.tasks.containsKey(id)) {
            state(row, String.valueOf(cloud.tasks.get(id).state()));
        }
    }

    private void state(Map<String, @Nullable Object> row, String now) {
        boolean migrated = text(row, "outcome").equals("MIGRATED");
        boolean other =
                migrated ? !SUCCESS.contains(now) : !text(row, "task_state").equalsIgnoreCase(now);
        if (other && !text(row, "outcome").equals("SKIPPED")) {
            violation(
                    "DRIFT",
                    row,
                    "the row was closed as %s with the task %s, the task is %s now"
                            .formatted(text(row, "outcome"), text(row, "task_state"), now),
                    "ListTasks",
                    CONSOLE);
        }
    }

    /** Earlier editions of ListTasks tell it; ShowTask does not. */
    private void synced(Map<String, @Nullable Object> row) {
        var task = cloud.tasks.get(text(row, "task_id"));
        if (keepsInSync() && task != null && Boolean.FALSE.equals(task.syncing())) {
            violation(
                    "I4",
                    row,
                    "the task %s has syncing=false, so that SMS launches it by itself".formatted(task.id()),
                    "ListTasks",
                    "Pause it in the console before its copy ends.");
        }
    }

    /** Whether a target that SMS launches by itself breaks what was agreed on. */
    private boolean keepsInSync() {
        return agreed.hasWindow() || agreed.launchedByPeople();
    }

    private void violation(
            String invariant, Map<String, @Nullable Object> row, String what, String evidence, String action) {
        findings.violation(invariant, number(row), what, evidence, action);
    }
}
