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
 * The service in memory, for tests of one package: it does at once and exactly what it is told, and refuses what the real one
 * refuses. Nothing moves by itself; a test sets the states.
 */
public final class FakeSms implements SmsApi {

    private final Map<String, Server> servers = new LinkedHashMap<>();
    private final Map<String, Task> tasks = new LinkedHashMap<>();
    private final List<VmTemplate> templates = new ArrayList<>();
    private final Map<String, Deque<Upset>> upsets = new HashMap<>();
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private int lastTask;

    /** How many sources the list says that there are; null to say how many it has. */
    public @Nullable Integer announcedSources;

    /** So many sources at the end of the list are counted and not shown. */
    public int hiddenSources;

    /** So many tasks at the end of a list are counted and not shown. */
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

        /** Bytes that are copied and that are to be copied; null when the list does not say. */
        public @Nullable Long copied;

        public @Nullable Long total;

        /** Whether the list says that there is a result of the comparison. */
        public @Nullable Boolean compared = false;

        /** Whether the list shows the task of the server. */
        public boolean showsTask = true;

        Server(String id) {
            this.id = id;
            this.name = id;
            this.proposed = new TargetLayout(List.of(disk("Disk 0", 10_737_418_240L)), List.of(), List.of());
        }

        SourceServer told(boolean alone, @Nullable CurrentTask task) {
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
                    null,
                    firmware,
                    layout.disks(),
                    layout.volumeGroups(),
                    layout.btrfsList(),
                    null,
                    null,
                    null,
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

        /** What the comparison of source and target found; null before it has ended. */
        public @Nullable ConsistencyResult comparison;

        /** Whether updates are accepted and have no effect. */
        public boolean ignoresUpdates;

        /** Whether ListTasks shows it already. */
        public boolean listed = true;

        /** Whether its source shows it already. */
        public boolean ofSource = true;

        Task(String id, String source) {
            this.id = id;
            this.source = source;
            this.name = id;
        }

        /** Takes over what was asked for. */
        void created(CreateTask body) {
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

        /** Takes over what is sent, and keeps the rest; a server that exists excludes a template. */
        void updated(UpdateTask body) {
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
                    null,
                    null,
                    speedLimit,
                    null,
                    existServer,
                    publicIp,
                    regionId,
                    projectId,
                    null);
        }

        MigrationTask told() {
            return new MigrationTask(
                    id,
                    name,
                    type,
                    null,
                    state,
                    null,
                    null,
                    null,
                    null,
                    null,
                    speedLimit,
                    null,
                    null,
                    error,
                    null,
                    null,
                    migrationIp,
                    SourceRef.of(source),
                    new ServerRef(vmId, null),
                    null,
                    List.of(),
                    null,
                    syncing,
                    regionId,
                    regionName,
                    projectId,
                    projectName,
                    template,
                    null,
                    null);
        }
    }

    /** What goes wrong with one call: before or after it was carried out. */
    private record Upset(@Nullable ApiException failure, boolean carriedOut) {}

    /** A disk as SMS proposes it. */
    public static Disk disk(String name, long bytes) {
        return new Disk(name, bytes, null, "BOOT", null, List.of());
    }

    /** A registered server. */
    public Server server(String id) {
        return servers.computeIfAbsent(id, Server::new);
    }

    /** A task that the source has. */
    public Task task(String source) {
        var task = new Task("task-" + ++lastTask, source);
        tasks.put(task.id, task);
        return task;
    }

    /** Somebody removed the task, or the source. */
    public void remove(String id) {
        tasks.remove(id);
        servers.remove(id);
    }

    public void template(String id) {
        templates.add(new VmTemplate(id, id, true, null, null, null, null, null));
    }

    /** The next call of the operation fails and does nothing. */
    public void refuse(String operation, ApiException failure) {
        upset(operation, new Upset(failure, false));
    }

    /** The next call of the operation is carried out, and its answer is lost. */
    public void loseAnswer(String operation) {
        upset(operation, new Upset(Failures.unknown(operation), true));
    }

    /** The next call of the operation is answered as it should be, whatever happens to those after it. */
    public void pass(String operation) {
        upset(operation, new Upset(null, true));
    }

    /** Every call so far: the operation and what it was about. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** The calls so far that change something. */
    public List<String> changes() {
        return calls().stream()
                .filter(call -> call.matches("(CreateTask|UpdateTask|UpdateSpeed|UpdateTaskStatus|UpdateCopyState) .*"))
                .toList();
    }

    public Collection<Task> tasks() {
        return tasks.values();
    }

    @Override
    public SourcePage listSources(int offset, int limit) {
        return answered("ListServers", String.valueOf(offset), () -> {
            var page = servers.values().stream()
                    .limit(Math.max(0, servers.size() - hiddenSources))
                    .skip(offset)
                    .limit(limit)
                    .map(server -> server.told(false, server.showsTask ? current(server.id) : null))
                    .toList();
            return new SourcePage(announcedSources == null ? servers.size() : announcedSources, page);
        });
    }

    @Override
    public SourceServer showSource(String sourceId) {
        return answered(
                "ShowServer", sourceId, () -> known(sourceId, "ShowServer").told(true, current(sourceId)));
    }

    @Override
    public TaskPage listTasks(@Nullable String sourceServerId, int offset, int limit) {
        return answered("ListTasks", String.valueOf(sourceServerId), () -> {
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
                            .map(Task::told)
                            .toList());
        });
    }

    @Override
    public MigrationTask showTask(String taskId) {
        return answered("ShowTask", taskId, () -> existing(taskId, "ShowTask").told());
    }

    @Override
    public synchronized String createTask(CreateTask body) {
        var source = String.valueOf(body.sourceServer().id());
        return answered("CreateTask", source, () -> {
            known(source, "CreateTask");
            if (tasks.values().stream().anyMatch(task -> task.source.equals(source))) {
                throw Failures.refused("CreateTask", "SMS.7605");
            }
            var task = task(source);
            task.created(body);
            server(source).cycle = "setting";
            return task.id;
        });
    }

    @Override
    public void updateTask(String taskId, UpdateTask update) {
        answered("UpdateTask", taskId, () -> {
            existing(taskId, "UpdateTask").updated(update);
            return true;
        });
    }

    @Override
    public Optional<ConsistencyResult> showConsistencyResult(String taskId) {
        return answered(
                "ShowConsistencyResult",
                taskId,
                () -> Optional.ofNullable(existing(taskId, "ShowConsistencyResult").comparison));
    }

    @Override
    public void act(String taskId, TaskAction action) {
        answered("UpdateTaskStatus", taskId + " " + action.operation(), () -> {
            var task = existing(taskId, "UpdateTaskStatus");
            switch (action.operation()) {
                case "start" -> start(task);
                case "test" -> launch(task);
                default -> throw Failures.refused("UpdateTaskStatus", "SMS.9001");
            }
            return true;
        });
    }

    @Override
    public TemplatePage listTemplates(int offset, int limit) {
        return answered(
                "ListTemplates",
                String.valueOf(offset),
                () -> new TemplatePage(
                        templates.size(),
                        templates.stream().skip(offset).limit(limit).toList()));
    }

    @Override
    public VmTemplate showTemplate(String templateId) {
        return answered(
                "ShowTemplate",
                templateId,
                () -> templates.stream()
                        .filter(template -> templateId.equals(template.id()))
                        .findFirst()
                        .orElseThrow(() -> Failures.refused("ShowTemplate", "SMS.7101")));
    }

    @Override
    public void changeState(String sourceId, @Nullable String copystate, @Nullable String migrationcycle) {
        answered("UpdateCopyState", sourceId, () -> {
            var server = known(sourceId, "UpdateCopyState");
            server.state = copystate == null ? server.state : copystate;
            server.cycle = migrationcycle == null ? server.cycle : migrationcycle;
            return true;
        });
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
        return answered("ShowsSpeedLimits", taskId, () -> {
            var shown = JsonNodeFactory.instance.objectNode();
            shown.set("speed_limit", existing(taskId, "ShowsSpeedLimits").speedLimits);
            return shown;
        });
    }

    @Override
    public void limitSpeed(String taskId, JsonNode limits) {
        answered("UpdateSpeed", taskId, () -> {
            existing(taskId, "UpdateSpeed").speedLimits = limits;
            return true;
        });
    }

    private synchronized void upset(String operation, Upset upset) {
        upsets.computeIfAbsent(operation, name -> new ArrayDeque<>()).add(upset);
    }

    private synchronized <T> T answered(String operation, String about, Supplier<T> work) {
        calls.add(operation + " " + about);
        var waiting = upsets.get(operation);
        var upset = waiting == null ? null : waiting.poll();
        if (upset == null || upset.failure() == null) {
            return work.get();
        }
        if (upset.carriedOut()) {
            work.get();
        }
        throw upset.failure();
    }
}
