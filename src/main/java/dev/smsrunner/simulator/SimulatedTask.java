package dev.smsrunner.simulator;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A migration task: its specification and the accepted commands. */
final class SimulatedTask {

    private static final Duration NETWORK_CHECK = Duration.ofSeconds(30);

    private final String id;
    private final SimulatedServer server;
    private final StateMachine machine;
    private final TaskPhase begin;
    private final ObjectNode spec;
    private final List<TaskCommand> commands = new ArrayList<>();
    private ArrayNode speedLimits = SimulatorJson.array();
    private final ObjectNode notes = SimulatorJson.object();
    private boolean logCollected;
    private List<TaskPhase> course = List.of();
    private @Nullable Instant courseAt;

    SimulatedTask(String id, SimulatedServer server, ObjectNode spec, TaskPhase begin) {
        this.id = id;
        this.server = server;
        this.spec = spec;
        this.begin = begin;
        this.machine = server.machineFor(SimulatorJson.flag(spec, "syncing", false));
    }

    String id() {
        return id;
    }

    SimulatedServer server() {
        return server;
    }

    StateMachine machine() {
        return machine;
    }

    ObjectNode spec() {
        return spec;
    }

    /** Whether its target is an existing server. */
    boolean hasExistingTarget() {
        return SimulatorJson.flag(spec, "exist_server", false);
    }

    /** The target for the audit. */
    AuditEntry.Target target() {
        String server = hasExistingTarget() ? SimulatorJson.text(spec.path("target_server"), "vm_id") : "";
        return new AuditEntry.Target(
                hasExistingTarget(),
                server,
                SimulatorJson.text(spec, "region_id"),
                SimulatorJson.text(spec, "project_id"));
    }

    /** The id of the server created by SMS for it. */
    String newTargetId() {
        return UUID.nameUUIDFromBytes(("target/" + id).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    Instant created() {
        return begin.since();
    }

    /** Every phase up to {@code now}. Cached per moment, since one answer reads it many times. */
    List<TaskPhase> course(Instant now) {
        if (!now.equals(courseAt)) {
            course = machine.course(begin, commandsUntil(now), now);
            courseAt = now;
        }
        return course;
    }

    TaskPhase situation(Instant now) {
        List<TaskPhase> course = course(now);
        return course.get(course.size() - 1);
    }

    private List<TaskCommand> commandsUntil(Instant now) {
        return commands.stream()
                .filter(command -> !command.at().isAfter(now))
                .sorted(Comparator.comparing(TaskCommand::at))
                .toList();
    }

    /** True while an accepted start does not show yet. */
    boolean isStarting(Instant now) {
        return commands.stream()
                .anyMatch(command ->
                        command.operation().occupies() && command.at().isAfter(now));
    }

    void add(TaskCommand given) {
        boolean late = given.operation() != ServedOperation.DELETE;
        TaskCommand command = late ? given.later(server.fault().actionShowsAfter()) : given;
        commands.add(command);
        courseAt = null;
        logCollected |= command.operation() == ServedOperation.COLLECT_LOG;
    }

    /** Replaces the given fields and keeps the others. */
    void update(ObjectNode changes) {
        spec.setAll(changes);
    }

    void limitSpeed(ArrayNode limits) {
        speedLimits = limits;
    }

    ArrayNode speedLimits() {
        return speedLimits;
    }

    /** True when an action requested the log. CollectLog has a bucket instead. */
    boolean logCollected() {
        return logCollected;
    }

    /** Number of completed network checks. Each takes 30 virtual seconds. */
    int networkChecks(Instant now) {
        return (int) commands.stream()
                .filter(command -> command.operation() == ServedOperation.NETWORK_CHECK)
                .filter(command -> !command.at().plus(NETWORK_CHECK).isAfter(now))
                .count();
    }

    /** Times at which CreateTask or an action requested a comparison of both sides. */
    List<Instant> comparisonRequests() {
        List<Instant> requests = new ArrayList<>();
        if (SimulatorJson.flag(spec, "is_need_consistency_check", false)) {
            requests.add(created());
        }
        commands.stream().filter(TaskCommand::comparing).map(TaskCommand::at).forEach(requests::add);
        return requests;
    }

    /** Settings outside the task itself: configurations and the bucket of its log. */
    ObjectNode notes() {
        return notes;
    }

    void note(ObjectNode more) {
        notes.setAll(more);
    }
}
