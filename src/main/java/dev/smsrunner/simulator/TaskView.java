package dev.smsrunner.simulator;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Migration tasks in the JSON of ShowTask, ListTasks and the current_task of a source. */
final class TaskView {

    private TaskView() {}

    /** The task as current_task. ListServers has two more fields than ShowServer. */
    static ObjectNode current(SimulatedTask task, Instant now, boolean inList) {
        ObjectNode spec = task.spec();
        ObjectNode json = SimulatorJson.object().put("id", task.id());
        copy(spec, json, "name", "type", "speed_limit", "start_target_server", "vm_template_id", "region_id");
        copy(spec, json, "project_name", "project_id", "exist_server", "use_public_ip");
        json.put("state", state(task, now)).put("start_date", SimulatorJson.millis(startTime(task, now)));
        json.put("migrate_speed", speed(task, now))
                .put("compress_rate", 1.0)
                .put("log_collect_status", logStatus(task));
        json.put("subtask_info", Subtasks.info(task, now));
        json.set(
                "target_server",
                json.objectNode()
                        .put("vm_id", targetId(task, now))
                        .put("name", SimulatorJson.text(spec.path("target_server"), "name")));
        json.set("clone_server", CloneView.of(task, now));
        if (inList) {
            json.put("estimate_complete_time", SimulatorJson.millis(estimate(task, now)));
            json.put("remain_seconds", remainingSeconds(task, now));
        }
        return json;
    }

    /** Fields common to ShowTask and ListTasks. Neither shows exist_server, use_public_ip or syncing. */
    static ObjectNode common(SimulatedTask task, Instant now) {
        ObjectNode spec = task.spec();
        ObjectNode json = SimulatorJson.object().put("id", task.id());
        copy(spec, json, "name", "type", "os_type", "priority", "speed_limit", "start_target_server");
        copy(spec, json, "migration_ip", "enterprise_project_id", "need_migration_test");
        json.put("state", state(task, now)).put("create_date", task.created().toEpochMilli());
        json.put("estimate_complete_time", SimulatorJson.millis(estimate(task, now)));
        json.put("migrate_speed", speed(task, now)).put("compress_rate", 1.0);
        json.put("error_json", errorJson(task, now));
        json.put("total_time", Duration.between(task.created(), now).toMillis());
        json.put("subtask_info", Subtasks.info(task, now));
        json.set("sub_tasks", Subtasks.list(task, now));
        json.set("source_server", source(task, now));
        json.set("target_server", target(task, now));
        json.set("clone_server", CloneView.of(task, now));
        json.set("network_check_info", networkCheck(task.server(), task.networkChecks(now)));
        return json;
    }

    static ObjectNode details(SimulatedTask task, Instant now) {
        ObjectNode spec = task.spec();
        ObjectNode json = common(task, now);
        copy(spec, json, "region_id", "region_name", "project_id", "project_name", "vm_template_id");
        json.put("connected", task.server().isConnected(now)).put("remain_seconds", remainingSeconds(task, now));
        json.put("start_date", SimulatorJson.millis(startTime(task, now)))
                .put("finish_date", SimulatorJson.millis(finishTime(task, now)));
        return json.putNull("target_snapshot_id").putNull("float_ip");
    }

    static ObjectNode listItem(SimulatedTask task, Instant now) {
        ObjectNode json = common(task, now);
        json.put("log_collect_status", logStatus(task));
        json.set("special_config", task.notes().withArray("configurations"));
        return json;
    }

    private static String logStatus(SimulatedTask task) {
        return task.notes().has("log_bucket") || task.logCollected() ? "UPLOADED" : "INIT";
    }

    private static void copy(ObjectNode from, ObjectNode to, String... fields) {
        for (String field : fields) {
            to.set(field, from.has(field) ? from.get(field) : from.nullNode());
        }
    }

    private static ObjectNode source(SimulatedTask task, Instant now) {
        SimulatedServer server = task.server();
        DisplayedState shown = server.displayedState(now);
        ObjectNode json = SimulatorJson.object().put("id", server.id()).put("name", server.name());
        json.put("ip", server.machine().ip()).put("os_type", server.machine().osType());
        json.put("os_version", server.machine().osVersion()).put("oem_system", false);
        return json.put("state", shown.state()).put("migration_cycle", shown.cycle());
    }

    /** Here btrfs_list is a list of names, although CreateTask takes objects (Java SDK, TaskTargetServer). */
    private static ObjectNode target(SimulatedTask task, Instant now) {
        ObjectNode target = ((ObjectNode) task.spec().path("target_server")).deepCopy();
        target.put("vm_id", targetId(task, now));
        ArrayNode names = target.arrayNode();
        target.path("btrfs_list").forEach(system -> names.add(SimulatorJson.text(system, "name")));
        target.set("btrfs_list", names);
        return target;
    }

    /** The first subtask creates a server from the template, so its id exists once the task was started. */
    static String targetId(SimulatedTask task, Instant now) {
        String named = SimulatorJson.text(task.spec().path("target_server"), "vm_id");
        boolean made = !task.hasExistingTarget() && startTime(task, now) != null;
        return made ? task.newTargetId() : named;
    }

    /** The latest check. Each check measures a different speed. */
    private static JsonNode networkCheck(SimulatedServer server, int checks) {
        if (checks == 0) {
            return SimulatorJson.MAPPER.nullNode();
        }
        boolean reached = !server.fault().networkBroken();
        ObjectNode info =
                SimulatorJson.object().put("domain_connectivity", true).put("destination_connectivity", reached);
        info.put("network_delay", reached ? 12.5 : 0).put("network_jitter", reached ? 1.1 : 0);
        info.put("migration_speed", reached ? 94.5 - 0.5 * checks : 0).put("loss_percentage", reached ? 0.0 : 100.0);
        return info.put("cpu_usage", 23.0).put("mem_usage", 41.0).put("evaluation_result", "");
    }

    static String state(SimulatedTask task, Instant now) {
        String odd = unknownState(task, now, true);
        String state = odd == null ? task.situation(now).phase().taskState() : odd;
        return SourceView.caseOf(task.server(), state);
    }

    /** The undocumented state of the task or its source, while shown. */
    static @Nullable String unknownState(SimulatedTask task, Instant now, boolean onTask) {
        ServerFault.UnknownState odd = task.server().fault().unknownState();
        if (odd == null || !(onTask ? odd.onTask() : odd.onSource())) {
            return null;
        }
        CopyWork work = task.machine().work();
        Duration mark = CopyWork.share(work.total(), odd.at());
        for (TaskPhase situation : task.course(now)) {
            if (situation.phase() == Phase.COPYING && situation.copied().compareTo(mark) <= 0) {
                Instant from = work.reach(situation, mark);
                boolean showing = !now.isBefore(from) && now.isBefore(from.plus(odd.lasting()));
                return showing ? odd.value() : null;
            }
        }
        return null;
    }

    /** True while lists lag behind the create of this task. */
    static boolean isHidden(SimulatedTask task, Instant now) {
        return now.isBefore(task.created().plus(task.server().fault().hideNewTaskFor()));
    }

    static long replicated(SimulatedServer server, @Nullable SimulatedTask task, Instant now) {
        return task == null ? 0 : (long) (server.machine().totalBytes() * share(task, now));
    }

    /** Completed share of the full copy, 0 to 1. */
    static double share(SimulatedTask task, Instant now) {
        TaskPhase situation = task.situation(now);
        double total = task.machine().work().total().toMillis();
        double done = task.machine().copied(situation, now).toMillis();
        return situation.copyDone() ? 1 : Math.min(1, done / total);
    }

    /** Mbit/s while copying, 0 otherwise (Java SDK 3.1.212; older pages: MB/s). */
    private static double speed(SimulatedTask task, Instant now) {
        if (task.situation(now).phase() != Phase.COPYING) {
            return 0;
        }
        double seconds = Math.max(1, task.machine().work().total().toSeconds());
        return Math.round(task.server().machine().totalBytes() * 8 / seconds / 1e4) / 100.0;
    }

    private static @Nullable Instant estimate(SimulatedTask task, Instant now) {
        TaskPhase situation = task.situation(now);
        CopyWork work = task.machine().work();
        return situation.phase() == Phase.COPYING ? work.reach(situation, work.total()) : null;
    }

    private static @Nullable Long remainingSeconds(SimulatedTask task, Instant now) {
        Instant estimate = estimate(task, now);
        return estimate == null
                ? null
                : Math.max(0, Duration.between(now, estimate).toSeconds());
    }

    static @Nullable Instant startTime(SimulatedTask task, Instant now) {
        return first(task, now, phase -> phase == Phase.INITIALIZING);
    }

    private static @Nullable Instant finishTime(SimulatedTask task, Instant now) {
        return first(task, now, Phase::isFinished);
    }

    private static @Nullable Instant first(
            SimulatedTask task, Instant now, java.util.function.Predicate<Phase> wanted) {
        return task.course(now).stream()
                .filter(situation -> wanted.test(situation.phase()))
                .map(TaskPhase::since)
                .findFirst()
                .orElse(null);
    }

    /** JSON text inside a string on a failed task, "" otherwise. */
    static String errorJson(SimulatedTask task, Instant now) {
        if (!task.situation(now).phase().isFailure()) {
            return "";
        }
        ObjectNode error =
                SimulatorJson.object().put("error_code", task.server().fault().failCode());
        error.put("error_msg", "The migration of " + task.server().name() + " failed.");
        error.putArray("error_param").add(task.server().machine().ip());
        return error.toString();
    }
}
