package dev.smsrunner.support;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.sms.ConsistencyResult;
import dev.smsrunner.sms.CreateTask;
import dev.smsrunner.sms.CurrentTask;
import dev.smsrunner.sms.Disk;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.ServerRef;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.SourceCheck;
import dev.smsrunner.sms.SourcePage;
import dev.smsrunner.sms.SourceRef;
import dev.smsrunner.sms.SourceServer;
import dev.smsrunner.sms.TargetLayout;
import dev.smsrunner.sms.TaskAction;
import dev.smsrunner.sms.TaskPage;
import dev.smsrunner.sms.TaskState;
import dev.smsrunner.sms.TemplatePage;
import dev.smsrunner.sms.UpdateTask;
import dev.smsrunner.sms.VmTemplate;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * In-memory SMS for unit tests. It executes calls at once and refuses the same calls as the real service. Only tests change
 * states.
 */
public final class FakeSms implements SmsApi {

    private final Map<String, Server> servers = new LinkedHashMap<>();
    private final Map<String, Task> tasks = new LinkedHashMap<>();
    private final List<VmTemplate> templates = new ArrayList<>();
    private final Map<String, Deque<PlannedOutcome>> planned = new HashMap<>();
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private int lastTask;

    /** Value of {@code count} in lists of sources, or null for the real number. */
    public @Nullable Integer announcedSources;

    /** Number of sources at the end of a list that are counted but not shown. */
    public int hiddenSources;

    /** Number of tasks at the end of a list that are counted but not shown. */
    public int hiddenTasks;

    /** A source server, to be changed by tests. */
    public static final class Server {

        public final String id;
        public String name;
        public String ip = "10.0.0.1";
        public @Nullable String os = "LINUX";
        public @Nullable String state = "waiting";
        public @Nullable String cycle = "checking";
        public @Nullable Boolean connected = true;
        public @Nullable String firmware;
        public List<SourceCheck> checks = List.of();
        public @Nullable TargetLayout proposed;
        public TargetLayout own = new TargetLayout(List.of(), List.of(), List.of());

        /** Copied and total bytes, or null when missing in the list. */
        public @Nullable Long copied;

        public @Nullable Long total;

        /** Whether the list shows a result of the comparison. */
        public @Nullable Boolean compared = false;

        /** Whether the list shows the task of the server. */
        public boolean showsTask = true;

        Server(String id) {
            this.id = id;
            this.name = id;
            this.proposed = new TargetLayout(List.of(disk("Disk 0", 10_737_418_240L)), List.of(), List.of());
        }

        SourceServer view(boolean alone, @Nullable CurrentTask task) {
            var layout = alone ? own : new TargetLayout(List.of(), List.of(), List.of());
            return new SourceServer(
                    id,
                    name,
                    ip,
                    os,
                    null,
                    state,
                    connected,
                    cycle,
                    task,
                    checks,
                    proposed,
                    copied,
                    total,
                    firmware,
                    layout.disks(),
                    layout.volumeGroups(),
                    layout.btrfsList(),
                    alone ? null : compared);
        }
    }

    /** A migration task, to be changed by tests. */
    public static final class Task {

        public final String id;
        public final String source;
        public String name;
        public String state = "READY";
        public @Nullable String error;
        public @Nullable Boolean syncing = true;
        public @Nullable String type;
        public @Nullable Boolean existServer;
        public @Nullable String vmId;
        public @Nullable String template;
        public @Nullable String regionId;
        public @Nullable String regionName;
        public @Nullable String projectId;
        public @Nullable String projectName;
        public @Nullable Boolean publicIp;
        public @Nullable String migrationIp;
        public @Nullable Integer speedLimit;
        public final List<UpdateTask> updates = new ArrayList<>();
        public JsonNode speedLimits = JsonNodeFactory.instance.arrayNode();

        /** Result of the comparison of source and target, or null before its end. */
        public @Nullable ConsistencyResult comparison;

        /** Whether updates are accepted and have no effect. */
        public boolean ignoresUpdates;

        /** Whether ListTasks shows the task. */
        public boolean listed = true;

        /** Whether the source shows the task. */
        public boolean ofSource = true;

        Task(String id, String source) {
            this.id = id;
            this.source = source;
            this.name = id;
        }

        /** Sets all fields of CreateTask. */
        void create(CreateTask body) {
            name = body.name();
            syncing = body.syncing();
            type = body.type();
            existServer = body.existServer();
            vmId = body.targetServer().vmId();
            template = body.vmTemplateId();
            regionId = body.regionId();
            regionName = body.regionName();
            projectId = body.projectId();
            projectName = body.projectName();
            publicIp = body.usePublicIp();
            migrationIp = body.migrationIp();
            speedLimit = body.speedLimit();
        }

        /** Sets the given fields. An existing server excludes a template. */
        void update(UpdateTask body) {
            updates.add(body);
            if (ignoresUpdates) {
                return;
            }
            type = or(body.type(), type);
            existServer = or(body.existServer(), existServer);
            vmId = body.targetServer() == null ? vmId : body.targetServer().vmId();
            template = Boolean.TRUE.equals(existServer) ? null : or(body.vmTemplateId(), template);
            regionId = or(body.regionId(), regionId);
            regionName = or(body.regionName(), regionName);
            projectId = or(body.projectId(), projectId);
            projectName = or(body.projectName(), projectName);
            publicIp = or(body.usePublicIp(), publicIp);
            migrationIp = or(body.migrationIp(), migrationIp);
            speedLimit = or(body.speedLimit(), speedLimit);
        }

        private static <T> @Nullable T or(@Nullable T sent, @Nullable T kept) {
            return sent == null ? kept : sent;
        }

        CurrentTask current() {
            return new CurrentTask(
                    id,
                    name,
                    state,
                    type,
                    template,
                    new ServerRef(vmId, null),
                    null,
                    existServer,
                    publicIp,
                    regionId,
                    projectId);
        }

        MigrationTask view() {
            return new MigrationTask(
                    id,
                    name,
                    state,
                    speedLimit,
                    error,
                    migrationIp,
                    new SourceRef(source),
                    syncing,
                    regionName,
                    projectName,
                    null,
                    null);
        }
    }

    /** Outcome of one call: its failure, before or after the execution. */
    private record PlannedOutcome(@Nullable ApiException failure, boolean executed) {}

    /** A disk as proposed by SMS. */
    public static Disk disk(String name, long bytes) {
        return new Disk(name, bytes, null, "BOOT", null, List.of());
    }

    /** A registered server. */
    public Server server(String id) {
        return servers.computeIfAbsent(id, Server::new);
    }

    /** A new task of the source. */
    public Task task(String source) {
        var task = new Task("task-" + ++lastTask, source);
        tasks.put(task.id, task);
        return task;
    }

    /** Removes the task or the source. */
    public void remove(String id) {
        tasks.remove(id);
        servers.remove(id);
    }

    public void template(String id) {
        templates.add(new VmTemplate(id, true, null));
    }

    /** Lets the next call of the operation fail without execution. */
    public void refuse(String operation, ApiException failure) {
        plan(operation, new PlannedOutcome(failure, false));
    }

    /** Executes the next call of the operation and loses its answer. */
    public void loseAnswer(String operation) {
        plan(operation, new PlannedOutcome(Failures.unknown(operation), true));
    }

    /** Lets the next call of the operation succeed before later planned outcomes. */
    public void pass(String operation) {
        plan(operation, new PlannedOutcome(null, true));
    }

    /** All calls so far: operation and subject. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** The mutating calls so far. */
    public List<String> changes() {
        return calls().stream()
                .filter(
                        call -> call.matches(
                                "(CreateTask|UpdateTask|UpdateSpeed|UpdateTaskStatus|UpdateCopyState|DeleteTasks|DeleteServers) .*"))
                .toList();
    }

    public Collection<Task> tasks() {
        return tasks.values();
    }

    @Override
    public SourcePage listSources(int offset, int limit) {
        return answer("ListServers", String.valueOf(offset), () -> {
            var page = servers.values().stream()
                    .limit(Math.max(0, servers.size() - hiddenSources))
                    .skip(offset)
                    .limit(limit)
                    .map(server -> server.view(false, server.showsTask ? current(server.id) : null))
                    .toList();
            return new SourcePage(announcedSources == null ? servers.size() : announcedSources, page);
        });
    }

    @Override
    public SourceServer showSource(String sourceId) {
        return answer(
                "ShowServer", sourceId, () -> known(sourceId, "ShowServer").view(true, current(sourceId)));
    }

    @Override
    public TaskPage listTasks(@Nullable String sourceServerId, int offset, int limit) {
        return answer("ListTasks", String.valueOf(sourceServerId), () -> {
            var matching = tasks.values().stream()
                    .filter(task -> task.listed)
                    .filter(task -> sourceServerId == null || sourceServerId.equals(task.source))
                    .toList();
            return new TaskPage(
                    matching.size(),
                    matching.stream()
                            .limit(Math.max(0, matching.size() - hiddenTasks))
                            .skip(offset)
                            .limit(limit)
                            .map(Task::view)
                            .toList());
        });
    }

    @Override
    public MigrationTask showTask(String taskId) {
        return answer("ShowTask", taskId, () -> existing(taskId, "ShowTask").view());
    }

    @Override
    public synchronized String createTask(CreateTask body) {
        var source = String.valueOf(body.sourceServer().id());
        return answer("CreateTask", source, () -> {
            known(source, "CreateTask");
            if (tasks.values().stream().anyMatch(task -> task.source.equals(source))) {
                throw Failures.refused("CreateTask", "SMS.7605");
            }
            var task = task(source);
            task.create(body);
            server(source).cycle = "setting";
            return task.id;
        });
    }

    @Override
    public void updateTask(String taskId, UpdateTask update) {
        answer("UpdateTask", taskId, () -> {
            existing(taskId, "UpdateTask").update(update);
            return true;
        });
    }

    @Override
    public Optional<ConsistencyResult> showConsistencyResult(String taskId) {
        return answer(
                "ShowConsistencyResult",
                taskId,
                () -> Optional.ofNullable(existing(taskId, "ShowConsistencyResult").comparison));
    }

    @Override
    public void act(String taskId, TaskAction action) {
        answer("UpdateTaskStatus", taskId + " " + action.operation(), () -> {
            var task = existing(taskId, "UpdateTaskStatus");
            switch (action.operation()) {
                case "start" -> start(task);
                case "test" -> launch(task);
                case "stop" -> task.state = "ABORT";
                default -> throw Failures.refused("UpdateTaskStatus", "SMS.9001");
            }
            return true;
        });
    }

    @Override
    public TemplatePage listTemplates(int offset, int limit) {
        return answer(
                "ListTemplates",
                String.valueOf(offset),
                () -> new TemplatePage(
                        templates.size(),
                        templates.stream().skip(offset).limit(limit).toList()));
    }

    @Override
    public VmTemplate showTemplate(String templateId) {
        return answer(
                "ShowTemplate",
                templateId,
                () -> templates.stream()
                        .filter(template -> templateId.equals(template.id()))
                        .findFirst()
                        .orElseThrow(() -> Failures.refused("ShowTemplate", "SMS.7101")));
    }

    @Override
    public void changeState(String sourceId, @Nullable String copystate, @Nullable String migrationcycle) {
        answer("UpdateCopyState", sourceId, () -> {
            var server = known(sourceId, "UpdateCopyState");
            server.state = copystate == null ? server.state : copystate;
            server.cycle = migrationcycle == null ? server.cycle : migrationcycle;
            return true;
        });
    }

    /** Refuses the whole call for one bad id. */
    @Override
    public void deleteTasks(List<String> taskIds) {
        answer("DeleteTasks", String.join(",", taskIds), () -> {
            var doomed = taskIds.stream().map(id -> existing(id, "DeleteTasks")).toList();
            doomed.forEach(task -> requireDeletable("DeleteTasks", server(task.source)));
            doomed.forEach(task -> {
                task.state = "DELETING";
                server(task.source).state = "deleting";
            });
            return true;
        });
    }

    /** Refuses the whole call for one bad id. */
    @Override
    public void deleteSources(List<String> sourceIds) {
        answer("DeleteServers", String.join(",", sourceIds), () -> {
            var doomed =
                    sourceIds.stream().map(id -> known(id, "DeleteServers")).toList();
            doomed.forEach(source -> requireDeletable("DeleteServers", source));
            return servers.keySet().removeAll(sourceIds);
        });
    }

    private static void requireDeletable(String operation, Server source) {
        if (!List.of("waiting", "finished", "error", "stopped", "unavailable", "cleared")
                .contains(source.state)) {
            throw Failures.refused(operation, "SMS.7719");
        }
    }

    private void start(Task task) {
        if (!TaskState.of(task.state).isStartable()) {
            throw Failures.refused("UpdateTaskStatus", "SMS.1040");
        }
        task.state = "RUNNING";
        server(task.source).state = "initialize";
        server(task.source).cycle = "replicating";
    }

    private void launch(Task task) {
        if (TaskState.of(task.state) != TaskState.SYNCING) {
            throw Failures.refused("UpdateTaskStatus", "SMS.1040");
        }
        server(task.source).state = "cutovering";
        server(task.source).cycle = "cutovering";
    }

    private @Nullable CurrentTask current(String sourceId) {
        return tasks.values().stream()
                .filter(task -> task.ofSource && task.source.equals(sourceId))
                .findFirst()
                .map(Task::current)
                .orElse(null);
    }

    private Server known(String sourceId, String operation) {
        var server = servers.get(sourceId);
        if (server == null) {
            throw Failures.refused(operation, "SMS.7602");
        }
        return server;
    }

    private Task existing(String taskId, String operation) {
        var task = tasks.get(taskId);
        if (task == null) {
            throw Failures.refused(operation, "SMS.7703");
        }
        return task;
    }

    @Override
    public JsonNode showTaskFields(String taskId) {
        throw new AssertionError("no test of the main job reads a task field by field");
    }

    @Override
    public void updateTask(String taskId, ObjectNode fields) {
        throw new AssertionError("no test of the main job updates a task field by field");
    }

    @Override
    public JsonNode showSpeedLimits(String taskId) {
        return answer("ShowsSpeedLimits", taskId, () -> {
            var shown = JsonNodeFactory.instance.objectNode();
            shown.set("speed_limit", existing(taskId, "ShowsSpeedLimits").speedLimits);
            return shown;
        });
    }

    @Override
    public void limitSpeed(String taskId, JsonNode limits) {
        answer("UpdateSpeed", taskId, () -> {
            existing(taskId, "UpdateSpeed").speedLimits = limits;
            return true;
        });
    }

    private synchronized void plan(String operation, PlannedOutcome outcome) {
        planned.computeIfAbsent(operation, name -> new ArrayDeque<>()).add(outcome);
    }

    private synchronized <T> T answer(String operation, String subject, Supplier<T> work) {
        calls.add(operation + " " + subject);
        var waiting = planned.get(operation);
        var outcome = waiting == null ? null : waiting.poll();
        if (outcome == null || outcome.failure() == null) {
            return work.get();
        }
        if (outcome.executed()) {
            work.get();
        }
        throw outcome.failure();
    }

    @Override
    public SmsApi until(Instant latest) {
        return this;
    }
}
