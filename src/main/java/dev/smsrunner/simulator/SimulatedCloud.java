package dev.smsrunner.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The simulated account with its source servers and tasks; all changes go through it. Callers must hold its monitor, so
 * that each call sees and changes a consistent world.
 */
final class SimulatedCloud {

    private final ServerGenerator world;
    private final int count;
    private final VirtualTime time;
    private final Journal journal;
    private final SimulatorAudit audit;
    private final BackgroundEvents backgroundEvents;
    private DcsTasks dcsTasks;
    private WorldRules rules = WorldRules.USUAL;
    private final DocumentStore documents = new DocumentStore();
    private final Map<String, SimulatedServer> servers = new LinkedHashMap<>();
    private final Map<String, SimulatedTask> tasks = new LinkedHashMap<>();
    private final Set<SimulatedTask> occupyingCandidates = new HashSet<>();
    private Instant latest;
    private long tasksEver;

    SimulatedCloud(ServerGenerator world, int count, VirtualTime time, Journal journal, SimulatorAudit audit) {
        this.world = world;
        this.count = count;
        this.time = time;
        this.journal = journal;
        this.audit = audit;
        this.backgroundEvents = new BackgroundEvents(audit, time.clock());
        this.dcsTasks = new DcsTasks(world, count, rules);
        this.latest = time.epoch();
        TemplateStore.populate(world, documents);
        MigrationProjects.populate(world, documents);
    }

    /** Fills the world, then repeats every change from the journal. */
    void populate(Faults faults) {
        rules = faults.rules();
        dcsTasks = new DcsTasks(world, count, rules);
        for (ServerGenerator.Member member : world.members(count)) {
            SimulatedServer server =
                    new SimulatedServer(member, faults.ofServer(member.machine().name()), time.epoch());
            servers.put(server.id(), server);
            if (server.fault().leftover() != null) {
                add(LeftoverTask.task(server, nextTaskId(), server.fault().leftover(), time.epoch()));
            }
        }
        journal.earlier().forEach(this::apply);
    }

    WorldRules rules() {
        return rules;
    }

    /** The current virtual time. It never decreases, even when the clock does. */
    Instant tick() {
        return tickAt(time.clock().instant());
    }

    /** Virtual time for a real time, not before the latest virtual time returned. */
    Instant tickAt(Instant real) {
        Instant now = time.at(real);
        latest = now.isAfter(latest) ? now : latest;
        return latest;
    }

    ServerGenerator world() {
        return world;
    }

    DcsTasks dcsTasks() {
        return dcsTasks;
    }

    DocumentStore documents() {
        return documents;
    }

    /** Stores a document and replaces an existing one with that id. */
    void store(String kind, String id, ObjectNode document, Request request) {
        ObjectNode body = SimulatorJson.object().put("kind", kind);
        body.set("document", document);
        execute(new Mutation(request.now(), Mutation.Kind.STORE_DOCUMENT, id, body));
        request.trace().markExecuted(null);
    }

    void discard(String kind, String id, Request request) {
        ObjectNode body = SimulatorJson.object().put("kind", kind);
        execute(new Mutation(request.now(), Mutation.Kind.DISCARD_DOCUMENT, id, body));
        request.trace().markExecuted(null);
    }

    Collection<SimulatedServer> servers() {
        return servers.values();
    }

    Optional<SimulatedServer> server(String id) {
        return Optional.ofNullable(servers.get(id));
    }

    Optional<SimulatedTask> task(String id, Instant now) {
        return Optional.ofNullable(tasks.get(id)).filter(task -> exists(task, now));
    }

    List<SimulatedTask> tasks(Instant now) {
        return new ArrayList<>(tasks.values())
                .stream().filter(task -> exists(task, now)).toList();
    }

    /** The task of a source, or null. */
    @Nullable
    SimulatedTask taskOf(SimulatedServer server, Instant now) {
        SimulatedTask task = server.task();
        return task != null && exists(task, now) ? task : null;
    }

    /** Number of tasks that count towards the limit of concurrent migrations. */
    int occupied(Instant now) {
        occupyingCandidates.removeIf(task -> !task.situation(now).phase().occupies() && !task.isStarting(now));
        return occupyingCandidates.size();
    }

    /** Records the number of concurrent migrations right after a start. */
    void recordConcurrent(Instant now) {
        audit.recordConcurrent(occupied(now));
    }

    /** Records the start of a task created with auto_start. */
    void recordAutoStart(SimulatedTask task, Instant now) {
        CallRecord trace = new CallRecord("auto_start", "service", null)
                .on(task.server().id(), task.id())
                .markExecuted(TaskRoutes.states(task, now))
                .target(task.target());
        audit.record(now, time.clock().instant(), trace);
        recordConcurrent(now);
    }

    /** Records one of several effects of a call. */
    void recordEffect(
            String operation,
            @Nullable String sourceId,
            @Nullable String taskId,
            @Nullable String before,
            String after,
            Request request) {
        CallRecord trace = request.trace()
                .withOperation(operation)
                .on(sourceId, taskId)
                .before(before)
                .markExecuted(after);
        record(trace.status(200), request);
    }

    /** Records a further entry of a call. */
    void record(CallRecord trace, Request request) {
        audit.record(request.now(), time.clock().instant(), trace);
    }

    String nextTaskId() {
        return world.id("task", tasksEver);
    }

    /** Writes a change to the journal, then applies it to the world. */
    void execute(Mutation mutation) {
        journal.append(mutation);
        apply(mutation);
    }

    /** Records all background events up to now in the audit. */
    void recordBackgroundEvents() {
        tasks(tick());
    }

    private void apply(Mutation mutation) {
        ObjectNode body = mutation.body();
        switch (mutation.kind()) {
            case CREATE_TASK -> create(mutation);
            case UPDATE_TASK -> changedTask(mutation).update(body);
            case COMMAND_TASK -> command(mutation);
            case LIMIT_SPEED -> changedTask(mutation).limitSpeed((ArrayNode) body.path("speed_limit"));
            case CHANGE_STATE -> existingServer(mutation.id()).write(recordedState(mutation));
            case RENAME_SOURCE -> existingServer(mutation.id()).rename(SimulatorJson.text(body, "name"));
            case DELETE_SOURCE -> servers.remove(mutation.id());
            case NOTE_TASK -> changedTask(mutation).note(body);
            case STORE_DOCUMENT ->
                documents.put(SimulatorJson.text(body, "kind"), mutation.id(), (ObjectNode) body.path("document"));
            case DISCARD_DOCUMENT -> documents.remove(SimulatorJson.text(body, "kind"), mutation.id());
            case DELETE_DCS_TASK -> dcsTasks.delete(mutation.id());
            case STOP_DCS_TASK -> dcsTasks.stop(mutation.id(), mutation.at());
        }
    }

    /** Task that a mutation changes; the journal has its creation before. */
    private SimulatedTask changedTask(Mutation mutation) {
        return Objects.requireNonNull(tasks.get(mutation.id()), () -> "no task " + mutation.id());
    }

    private SimulatedServer existingServer(String id) {
        return Objects.requireNonNull(servers.get(id), () -> "no source " + id);
    }

    private void create(Mutation mutation) {
        SimulatedServer server =
                existingServer(SimulatorJson.text(mutation.body().path("source_server"), "id"));
        taskOf(server, mutation.at());
        server.countTask();
        add(new SimulatedTask(mutation.id(), server, mutation.body(), TaskPhase.configured(mutation.at())));
    }

    private void add(SimulatedTask task) {
        tasksEver++;
        tasks.put(task.id(), task);
        task.server().bind(task);
        occupyingCandidates.add(task);
    }

    private void command(Mutation mutation) {
        ServedOperation operation = ServedOperation.valueOf(SimulatorJson.text(mutation.body(), "operation"));
        SimulatedTask task = changedTask(mutation);
        boolean comparing = SimulatorJson.flag(mutation.body(), "is_need_consistency_check", false);
        task.add(new TaskCommand(mutation.at(), operation, comparing, SimulatorJson.text(task.spec(), "type")));
        occupyingCandidates.add(task);
    }

    private static SimulatedServer.RecordedState recordedState(Mutation mutation) {
        String state = SimulatorJson.text(mutation.body(), "copystate");
        String cycle = SimulatorJson.text(mutation.body(), "migrationcycle");
        return new SimulatedServer.RecordedState(
                mutation.at(), state.isEmpty() ? null : state, cycle.isEmpty() ? null : cycle);
    }

    private boolean exists(SimulatedTask task, Instant now) {
        List<TaskPhase> course = task.course(now);
        backgroundEvents.recordNew(task, course);
        if (course.get(course.size() - 1).phase() != Phase.GONE) {
            return true;
        }
        tasks.remove(task.id());
        occupyingCandidates.remove(task);
        if (task.server().task() == task) {
            task.server().bind(null);
        }
        return false;
    }
}
