package dev.smsrunner.update;

import dev.smsrunner.preflight.Finding;
import dev.smsrunner.preflight.SourceMatcher;
import dev.smsrunner.preflight.TargetAddress;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.TaskState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** What would be done for one row of the job {@code update}; reads the task, changes nothing. */
final class UpdatePlan {

    private UpdatePlan() {}

    /** Compares the task with the row: what would be sent, or why nothing is. */
    static SourceMatcher.Assessment judge(SmsApi sms, Path directory, SourceMatcher.Candidate found) {
        if (found.taskId() == null) {
            return judged(Finding.nothingToDo("not applicable: the source has no migration task."), "");
        }
        try {
            var task = DesiredTask.of(found.row(), directory);
            var address =
                    TargetAddress.conflict(task.fields().path("migration_ip").asString(""), found.source());
            if (address.isPresent()) {
                return judged(address.get(), "");
            }
            var shown = sms.showTaskFields(found.taskId());
            var problems = problems(task, shown);
            if (!problems.isEmpty()) {
                return new SourceMatcher.Assessment(problems, "", null);
            }
            var differences = new ArrayList<>(task.differences(shown));
            if (task.wantsRules() && !task.hasRules(sms.showSpeedLimits(found.taskId()))) {
                differences.add("speed limits by time of day -> " + task.rules());
            }
            return differences.isEmpty()
                    ? judged(Finding.nothingToDo("nothing to do: task %s is so already.", found.taskId()), "")
                    : new SourceMatcher.Assessment(
                            Stream.of(busy(found.taskId(), shown, task), targetless(found.taskId(), shown, task))
                                    .flatMap(List::stream)
                                    .toList(),
                            "update task %s: %s".formatted(found.taskId(), String.join(", ", differences)),
                            task.text());
        } catch (IllegalArgumentException ex) {
            return judged(Finding.error("%s", ex.getMessage()), "");
        }
    }

    private static List<Finding> problems(DesiredTask task, JsonNode shown) {
        var cannotBeAdded = task.added(shown).stream()
                .filter(element -> !element.lacking().isEmpty())
                .toList();
        var problems = new ArrayList<Finding>();
        cannotBeAdded.forEach(element -> problems.add(Finding.error("%s", element.problem())));
        var lacking = task.lackingIn(shown).stream()
                .filter(path -> cannotBeAdded.stream().noneMatch(element -> path.startsWith(element.path() + ".")))
                .toList();
        if (!lacking.isEmpty()) {
            problems.add(Finding.error(
                    "update_json: %s: mandatory, and the service does not show it. Add it to the row.",
                    String.join(", ", lacking)));
        }
        return problems;
    }

    /** The run sends the fields whatever the state of the task; speed limits by time of day are for tasks under way. */
    private static List<Finding> busy(String taskId, JsonNode shown, DesiredTask task) {
        var state = shown.path("state").asString("");
        return isIdle(TaskState.of(state)) || task.missingIn(shown).isEmpty()
                ? List.of()
                : List.of(Finding.warning(
                        "Its task %s is %s. The update is sent all the same; SMS may refuse it, or accept it without effect, and then the row ends FAILED. Wait until the task is idle, or pause it (job action, operation stop).",
                        taskId, state));
    }

    /** UpdateTask refuses a task that has neither a template nor an existing target server, whatever else is to be changed. */
    private static List<Finding> targetless(String taskId, JsonNode shown, DesiredTask task) {
        boolean tells = shown.path("target_server").isObject();
        boolean leads = Stream.of(shown, task.fields())
                .anyMatch(each -> !each.path("vm_template_id").asString("").isEmpty()
                        || !each.at("/target_server/vm_id").asString("").isEmpty());
        return !tells || leads || task.missingIn(shown).isEmpty()
                ? List.of()
                : List.of(Finding.warning(
                        "Its task %s shows neither a template nor an existing target server, so SMS may refuse its update. Write vm_template_id in the row, or vm_id of target_server in update_json.",
                        taskId));
    }

    /** Whether nothing works on the task now, so that it can be changed; also of a task that does not tell. */
    static boolean isIdle(TaskState state) {
        return state.isStartable() || state.isSuccess() || state == TaskState.ABSENT;
    }

    private static SourceMatcher.Assessment judged(Finding finding, String intention) {
        return new SourceMatcher.Assessment(List.of(finding), intention, null);
    }
}
