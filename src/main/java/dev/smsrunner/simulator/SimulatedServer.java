package dev.smsrunner.simulator;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A source server in the service: the machine, its current task and the state written by changestate. */
final class SimulatedServer {

    private final ServerSpec machine;
    private final ServerPlan plan;
    private final ServerFault fault;
    private final Instant epoch;
    private String name;
    private @Nullable SimulatedTask task;
    private @Nullable RecordedState recorded;
    private int tasksSoFar;

    /**
     * A state written by changestate. It replaces the live state until the next state change of the migration.
     *
     * @param at virtual time of the write
     * @param state source state written, or null
     * @param cycle migration cycle written, or null
     */
    record RecordedState(
            Instant at, @Nullable String state, @Nullable String cycle) {}

    SimulatedServer(ServerGenerator.Member member, ServerFault fault, Instant epoch) {
        this.machine = member.machine();
        this.plan = member.plan();
        this.fault = fault;
        this.epoch = epoch;
        this.name = machine.name();
    }

    String id() {
        return machine.id();
    }

    ServerSpec machine() {
        return machine;
    }

    ServerPlan plan() {
        return plan;
    }

    ServerFault fault() {
        return fault;
    }

    String name() {
        return name;
    }

    void rename(String newName) {
        name = newName;
    }

    StateMachine machineFor(boolean syncing) {
        return new StateMachine(plan, fault, syncing, tasksSoFar <= 1, true);
    }

    /** Counts a task before it is created. */
    void countTask() {
        tasksSoFar++;
        recorded = null;
    }

    void bind(@Nullable SimulatedTask newTask) {
        task = newTask;
    }

    @Nullable
    SimulatedTask task() {
        return task;
    }

    void write(RecordedState state) {
        recorded = state;
    }

    /** The displayed state and cycle, each with its start time. */
    DisplayedState displayedState(Instant now) {
        DisplayedState live = task == null ? idle() : DisplayedState.of(task.course(now));
        return recorded == null ? live : live.overwrittenBy(recorded);
    }

    private DisplayedState idle() {
        return new DisplayedState(
                fault.checkError() ? "unavailable" : "waiting", "checking", machine.added(), machine.added());
    }

    /** False while the agent has lost its connection to SMS. */
    boolean isConnected(Instant now) {
        if (fault.disconnected()) {
            Duration away = fault.disconnectFor();
            return away != null && !now.isBefore(epoch.plus(away));
        }
        if (task == null) {
            return true;
        }
        TaskPhase situation = task.situation(now);
        return situation.phase() != Phase.COPYING || !task.machine().work().isPaused(situation, now);
    }
}
