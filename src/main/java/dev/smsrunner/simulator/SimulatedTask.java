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

/** A migration task: what was asked for, and the commands it was given. */
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

    /** Whether its target is a server that exists. */
    boolean leadsToExisting() {
        return SimulatorJson.flag(spec, "exist_server", false);
    }

    /** Where it leads, for the audit. */
    AuditEntry.Target target() {
        String server = leadsToExisting() ? SimulatorJson.text(spec.path("target_server"), "vm_id") : "";
        return new AuditEntry.Target(
                leadsToExisting(),
                server,
                SimulatorJson.text(spec, "region_id"),
                SimulatorJson.text(spec, "project_id"));
    }

    /** The id of the server that SMS makes for it. */
    String newTargetId() {
        return UUID.nameUUIDFromBytes(("target/" + id).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    Instant created() {
        return begin.since();
    }

    /** Every situation up to {@code now}; worked out once per moment, since one answer asks many times. */
    List<TaskPhase> course(Instant now) {
        if (!now.equals(courseAt)) {
            course = machine.course(begin, inForce(now), now);
            courseAt = now;
        }
        return course;
    }

    TaskPhase situation(Instant now) {
        List<TaskPhase> course = course(now);
        return course.get(course.size() - 1);
    }

    private List<TaskCommand> inForce(Instant now) {
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

    void obey(TaskCommand given) {
        boolean late = given.operation() != ServedOperation.DELETE;
        TaskCommand command = late ? given.later(server.fault().actionShowsAfter()) : given;
        commands.add(command);
        courseAt = null;
        logCollected |= command.operation() == ServedOperation.COLLECT_LOG;
    }

    /** Takes over the given fields and leaves the others. */
    void update(ObjectNode changes) {
        spec.setAll(changes);
    }

    void limitSpeed(ArrayNode limits) {
        speedLimits = limits;
    }

    ArrayNode speedLimits() {
        return speedLimits;
    }

    /** True when an action asked for the log; CollectLog names a bucket instead. */
    boolean logCollected() {
        return logCollected;
    }

    /** How many network checks are over; each takes a moment. */
    int networkChecks(Instant now) {
        return (int) commands.stream()
                .filter(command -> command.operation() == ServedOperation.NETWORK_CHECK)
                .filter(command -> !command.at().plus(NETWORK_CHECK).isAfter(now))
                .count();
    }

    /** When a comparison of both sides was asked for: at the create, by an action. */
    List<Instant> comparisonsAsked() {
        List<Instant> asked = new ArrayList<>();
        if (SimulatorJson.flag(spec, "is_need_consistency_check", false)) {
            asked.add(created());
        }
        commands.stream().filter(TaskCommand::comparing).map(TaskCommand::at).forEach(asked::add);
        return asked;
    }

    /** What was set beside the task itself: configurations, and the bucket its log was sent to. */
    ObjectNode notes() {
        return notes;
    }

    void note(ObjectNode more) {
        notes.setAll(more);
    }
}
