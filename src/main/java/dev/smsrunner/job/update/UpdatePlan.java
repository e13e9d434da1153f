package dev.smsrunner.job.update;

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

/** Preflight of one row of the job {@code update}; reads the task, changes nothing. */
final class UpdatePlan {

    private UpdatePlan() {}

    /** Compares the task with the row: fields to send, or the reason why nothing is sent. */
    static SourceMatcher.Assessment judge(SmsApi sms, Path directory, SourceMatcher.Candidate found) {
        if (found.taskId() == null) {
            return result(Finding.nothingToDo("not applicable: the source has no migration task."), "");
        }
        try {
            var task = DesiredTask.parse(found.row(), directory);
            var address =
                    TargetAddress.conflict(task.fields().path("migration_ip").asString(""), found.source());
            if (address.isPresent()) {
                return result(address.get(), "");
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
                    ? result(
                            Finding.nothingToDo("nothing to do: task %s already has these values.", found.taskId()), "")
                    : new SourceMatcher.Assessment(
                            Stream.of(
                                            busyWarning(found.taskId(), shown, task),
                                            noTargetWarning(found.taskId(), shown, task))
                                    .flatMap(List::stream)
                                    .toList(),
                            "update task %s: %s".formatted(found.taskId(), String.join(", ", differences)),
                            task.toJson());
        } catch (IllegalArgumentException ex) {
            return result(Finding.error("%s", ex.getMessage()), "");
        }
    }

    private static List<Finding> problems(DesiredTask task, JsonNode shown) {
        var cannotBeAdded = task.addedElements(shown).stream()
                .filter(element -> !element.missing().isEmpty())
                .toList();
        var problems = new ArrayList<Finding>();
        cannotBeAdded.forEach(element -> problems.add(Finding.error("%s", element.problem())));
        var missing = task.missingMandatory(shown).stream()
                .filter(path -> cannotBeAdded.stream().noneMatch(element -> path.startsWith(element.path() + ".")))
                .toList();
        if (!missing.isEmpty()) {
            problems.add(Finding.error(
                    "update_json: %s: mandatory, and the service does not show it. Add it to the row.",
                    String.join(", ", missing)));
        }
        return problems;
    }

    /** The run sends the fields in any state of the task; speed limits by time of day apply to running tasks. */
    private static List<Finding> busyWarning(String taskId, JsonNode shown, DesiredTask task) {
        var state = shown.path("state").asString("");
        return isIdle(TaskState.of(state)) || task.fieldsToSend(shown).isEmpty()
                ? List.of()
                : List.of(Finding.warning(
                        "Its task %s is %s. The update is sent nevertheless; SMS may refuse it, or accept it without effect, and then the row ends FAILED. Wait until the task is idle, or pause it (job action, operation stop).",
                        taskId, state));
    }

    /** UpdateTask refuses a task that has neither a template nor an existing target server, even for other fields. */
    private static List<Finding> noTargetWarning(String taskId, JsonNode shown, DesiredTask task) {
        boolean hasTargetServer = shown.path("target_server").isObject();
        boolean namesTarget = Stream.of(shown, task.fields())
                .anyMatch(each -> !each.path("vm_template_id").asString("").isEmpty()
                        || !each.at("/target_server/vm_id").asString("").isEmpty());
        return !hasTargetServer || namesTarget || task.fieldsToSend(shown).isEmpty()
                ? List.of()
                : List.of(Finding.warning(
                        "Its task %s shows neither a template nor an existing target server, so SMS may refuse its update. Set vm_template_id in the row, or vm_id of target_server in update_json.",
                        taskId));
    }

    /** Whether the task is idle, so that it can be changed; also true for a task without a state. */
    static boolean isIdle(TaskState state) {
        return state.isStartable() || state.isSuccess() || state == TaskState.ABSENT;
    }

    private static SourceMatcher.Assessment result(Finding finding, String intention) {
        return new SourceMatcher.Assessment(List.of(finding), intention, null);
    }
}
