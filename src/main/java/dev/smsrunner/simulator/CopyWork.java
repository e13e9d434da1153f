package dev.smsrunner.simulator;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic of a full copy that pauses while its agent is disconnected.
 *
 * @param total work of the whole copy
 * @param pauseAt work after which the agent disconnects, or null
 * @param pause duration of the disconnection
 */
record CopyWork(Duration total, @Nullable Duration pauseAt, Duration pause) {

    /** Stands for an unlimited pause. */
    static final Duration UNLIMITED = Duration.ofDays(36500);

    static CopyWork of(ServerPlan plan, ServerFault fault) {
        Duration total = fault.copyOf(plan);
        Duration pauseAt = fault.disconnectAt() == null ? null : share(total, fault.disconnectAt());
        return new CopyWork(total, pauseAt, fault.disconnectFor() == null ? UNLIMITED : fault.disconnectFor());
    }

    static Duration share(Duration whole, double share) {
        return Duration.ofMillis(Math.round(whole.toMillis() * share));
    }

    /** Virtual time at which a copy started in {@code copying} has completed {@code work}. */
    Instant reach(TaskPhase copying, Duration work) {
        Instant smooth = copying.since().plus(work.minus(copying.copied()));
        return pausesBetween(copying.copied(), work) ? smooth.plus(pause) : smooth;
    }

    /** Work completed at a moment while the copy started in {@code copying} continues. */
    Duration at(TaskPhase copying, Instant now) {
        Duration smooth = copying.copied().plus(Duration.between(copying.since(), now));
        if (pauseAt == null || !pausesBetween(copying.copied(), smooth)) {
            return smooth;
        }
        Duration resumed = smooth.minus(pause);
        return resumed.compareTo(pauseAt) > 0 ? resumed : pauseAt;
    }

    boolean isPaused(TaskPhase copying, Instant now) {
        if (pauseAt == null || pauseAt.compareTo(copying.copied()) < 0) {
            return false;
        }
        Instant gone = copying.since().plus(pauseAt.minus(copying.copied()));
        return !now.isBefore(gone) && now.isBefore(gone.plus(pause));
    }

    private boolean pausesBetween(Duration from, Duration to) {
        return pauseAt != null && pauseAt.compareTo(from) >= 0 && pauseAt.compareTo(to) < 0;
    }
}
