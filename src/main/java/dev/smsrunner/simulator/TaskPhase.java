package dev.smsrunner.simulator;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Phase of a migration since a moment.
 *
 * @param phase the phase
 * @param since virtual start time of the phase
 * @param cycle migration cycle shown
 * @param copied copy work completed at the start of the phase
 * @param copyDone whether the full copy has been completed
 * @param failures number of failures so far
 * @param commanded whether a caller's command started the phase, not the passing of time
 */
record TaskPhase(
        Phase phase, Instant since, String cycle, Duration copied, boolean copyDone, int failures, boolean commanded) {

    static TaskPhase configured(Instant at) {
        return of(Phase.CONFIGURED, at);
    }

    /** A migration already in a phase at the start of the world. */
    static TaskPhase of(Phase phase, Instant at) {
        boolean done = phase.isFinished() || phase.inSync();
        String cycle = phase.cycle() == null ? "replicating" : phase.cycle();
        return new TaskPhase(phase, at, cycle, Duration.ZERO, done, phase.isFailure() ? 1 : 0, false);
    }

    TaskPhase then(Phase next, Instant at, boolean byCommand) {
        return then(next, at, copied, byCommand);
    }

    TaskPhase then(Phase next, Instant at, Duration work, boolean byCommand) {
        boolean done = copyDone || next == Phase.COPIED || next == Phase.SYNCING || next == Phase.LAUNCHING;
        int failed = failures + (next.isFailure() ? 1 : 0);
        return new TaskPhase(next, at, cycleOf(next), work, done, failed, byCommand);
    }

    private String cycleOf(Phase next) {
        @Nullable String shown = next.cycle();
        return shown == null ? cycle : shown;
    }
}
