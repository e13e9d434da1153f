package dev.smsrunner.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** CreateTask, ListTasks, ShowTask, UpdateTask and the speed limits of a task. */
record TaskRoutes(SimulatedCloud cloud, TaskRules rules, int concurrent) {

    /** States not accepted as a filter of ListTasks (value list of the Java SDK 3.1.212). */
    private static final Set<String> NOT_FILTERABLE = Set.of("SYNC_SUCCESS", "SYNC_FAIL", "SKIPPING", "RESETING");

    SimulatedResponse create(Request request) {
        ObjectNode body = request.body();
        String sourceId = SimulatorJson.text(body.path("source_server"), "id");
        request.trace().on(sourceId.isEmpty() ? null : sourceId, null);
        rules.check(body, request.now());
        rules.checkFree(body, request.now());
        String id = cloud.nextTaskId();
        cloud.execute(new Mutation(request.now(), Mutation.Kind.CREATE_TASK, id, rules.withDefaults(body)));
        SimulatedTask task = find(id, request.now());
        request.trace().on(sourceId, id).markExecuted(states(task, request.now()));
        startIfRequested(task, request.now());
        return SimulatedResponse.id(id);
    }

    private void startIfRequested(SimulatedTask task, Instant now) {
        if (SimulatorJson.flag(task.spec(), "auto_start", false) && cloud.occupied(now) < concurrent) {
            command(cloud, task, ServedOperation.START, now);
            cloud.recordAutoStart(task, now);
        }
    }

    SimulatedResponse list(Request request) {
        PageRequest paging = PageRequest.of(request, 200, 100);
        String state = request.query().getOrDefault("state", "");
        if (NOT_FILTERABLE.contains(state)) {
            throw Refusal.service("SMS.9001", "Tasks cannot be filtered by state " + state + ".", "state");
        }
        List<SimulatedTask> matches =
                cloud.tasks(request.now()).stream().filter(matching(request)).toList();
        return SimulatedResponse.ok(paging.page(matches, "tasks", task -> TaskView.listItem(task, request.now())));
    }

    private static Predicate<SimulatedTask> matching(Request request) {
        Instant now = request.now();
        return task -> !TaskView.isHidden(task, now)
                && matches(request, "state", task.situation(now).phase().taskState())
                && matches(request, "id", task.id())
                && matches(request, "source_server_id", task.server().id())
                && SimulatorJson.text(task.spec(), "name").contains(request.parameter("name"));
    }

    private static boolean matches(Request request, String parameter, String value) {
        return !request.has(parameter) || request.parameter(parameter).equals(value);
    }

    SimulatedResponse show(Request request) {
        SimulatedTask task = find(request.id(), request.now());
        request.trace().on(task.server().id(), task.id());
        return SimulatedResponse.ok(TaskView.details(task, request.now()));
    }

    /** Partial update: absent fields keep their values. Fields written by the agent are ignored. */
    SimulatedResponse update(Request request) {
        SimulatedTask task = findFor(request);
        refuseUpdateWhenBusy(task, request.now());
        TaskRules.checkUpdate(request.body());
        ObjectNode changes = TaskRules.withKind(rules.writable(request.body()));
        ObjectNode merged = task.spec().deepCopy();
        merged.setAll(changes);
        rules.check(merged, request.now());
        cloud.execute(new Mutation(request.now(), Mutation.Kind.UPDATE_TASK, task.id(), changes));
        request.trace().markExecuted(states(task, request.now()));
        return SimulatedResponse.id(task.id());
    }

    SimulatedResponse showSpeedLimits(Request request) {
        ObjectNode body = SimulatorJson.object();
        body.set("speed_limit", find(request.id(), request.now()).speedLimits());
        return SimulatedResponse.ok(body);
    }

    SimulatedResponse limitSpeed(Request request) {
        SimulatedTask task = findFor(request);
        if (!(request.body().path("speed_limit") instanceof ArrayNode limits)) {
            throw Refusal.service("SMS.9001", "speed_limit must be a list.", "speed_limit");
        }
        ObjectNode body = SimulatorJson.object();
        body.set("speed_limit", cloud.rules().speedLimits().byTime(limits));
        cloud.execute(new Mutation(request.now(), Mutation.Kind.LIMIT_SPEED, task.id(), body));
        request.trace().markExecuted(states(task, request.now()));
        return SimulatedResponse.accepted();
    }

    private SimulatedTask findFor(Request request) {
        SimulatedTask task = find(request.id(), request.now());
        request.trace().on(task.server().id(), task.id()).before(states(task, request.now()));
        return task;
    }

    private SimulatedTask find(String id, Instant now) {
        return find(cloud, id, now);
    }

    static SimulatedTask find(SimulatedCloud cloud, String id, Instant now) {
        return cloud.task(id, now)
                .orElseThrow(() -> Refusal.service("SMS.7703", "The migration task " + id + " does not exist.", id));
    }

    static void command(SimulatedCloud cloud, SimulatedTask task, ServedOperation operation, Instant now) {
        command(cloud, task, operation, false, now);
    }

    static void command(
            SimulatedCloud cloud, SimulatedTask task, ServedOperation operation, boolean comparing, Instant now) {
        ObjectNode body = SimulatorJson.object().put("operation", operation.name());
        body.put("is_need_consistency_check", comparing);
        cloud.execute(new Mutation(now, Mutation.Kind.COMMAND_TASK, task.id(), body));
    }

    static String states(SimulatedTask task, Instant now) {
        return BackgroundEvents.states(task.situation(now));
    }

    private static void refuseUpdateWhenBusy(SimulatedTask task, Instant now) {
        Phase phase = task.situation(now).phase();
        if (phase.isBusy()) {
            throw Refusal.wrongState(
                    "SMS.9001", "Task " + task.id() + " cannot be updated: it is " + phase.taskState() + ".");
        }
    }
}
