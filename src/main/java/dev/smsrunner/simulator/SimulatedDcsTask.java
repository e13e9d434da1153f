package dev.smsrunner.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A DCS data-migration task and its reaction to a stop. Its status is computed on each read.
 *
 * @param id id, shaped like a UUID
 * @param name name
 * @param conduct behaviour
 * @param created virtual time of creation
 */
record SimulatedDcsTask(String id, String name, Conduct conduct, Instant created) {

    /** The statuses of the two phases of copying; INCRMIGEATING is the spelling of the service. */
    static final Set<String> COPYING = Set.of("FULLMIGRATING", "INCRMIGEATING");

    private static final Duration STOPPING = Duration.ofSeconds(90);
    private static final Duration FULL_PHASE = Duration.ofHours(60);
    private static final int FAILED_AT = 37;

    /** Behaviour of a task. Most tasks are in the incremental phase and accept a stop. */
    enum Conduct {
        /** In the incremental phase. */
        INCREMENTAL,
        /** Still in the full phase. */
        FULL,
        /** Succeeds although its stop was dispatched. */
        SUCCEEDS_MEANWHILE,
        /** Succeeded before any stop. */
        SUCCEEDED,
        /** Failed before any stop. */
        FAILED,
        /** Refuses the first stop. */
        RELUCTANT,
        /** Deleted. */
        DELETED
    }

    static SimulatedDcsTask of(ServerGenerator world, int number) {
        Instant created = world.epoch().minus(Duration.ofHours(5 + number % 40));
        return new SimulatedDcsTask(
                world.id("dcs", number), "redis-%03d".formatted(number + 1), conductOf(number), created);
    }

    private static Conduct conductOf(int number) {
        if (number % 24 == 22) {
            return Conduct.SUCCEEDED;
        }
        return switch (number % 12) {
            case 3 -> Conduct.FULL;
            case 5 -> Conduct.SUCCEEDS_MEANWHILE;
            case 7 -> Conduct.FAILED;
            case 9 -> Conduct.RELUCTANT;
            case 11 -> Conduct.DELETED;
            default -> Conduct.INCREMENTAL;
        };
    }

    boolean isDeleted() {
        return conduct == Conduct.DELETED;
    }

    /** True when the next stop would be dispatched. */
    boolean acceptsStop(List<Instant> stopsSoFar) {
        return switch (conduct) {
            case INCREMENTAL, FULL, SUCCEEDS_MEANWHILE -> stopsSoFar.isEmpty();
            case RELUCTANT -> stopsSoFar.size() == 1;
            case SUCCEEDED, FAILED, DELETED -> false;
        };
    }

    /** Completed percentage of the full phase. It stops growing after a stop or a failure. */
    int fullProgress(List<Instant> stops, Instant now) {
        if (conduct != Conduct.FULL) {
            return conduct == Conduct.FAILED ? FAILED_AT : 100;
        }
        Instant until = stops.isEmpty() ? now : stops.get(0);
        return (int) Math.min(100, 100 * Duration.between(created, until).toSeconds() / FULL_PHASE.toSeconds());
    }

    /** The status after the given stop requests. */
    String status(List<Instant> stops, Instant now) {
        if (conduct == Conduct.FAILED || conduct == Conduct.SUCCEEDED) {
            return conduct == Conduct.FAILED ? "MIGRATION_FAILED" : "SUCCESS";
        }
        int effective = conduct == Conduct.RELUCTANT ? 1 : 0;
        if (stops.size() <= effective) {
            return fullProgress(stops, now) < 100 ? "FULLMIGRATING" : "INCRMIGEATING";
        }
        if (now.isBefore(stops.get(effective).plus(STOPPING))) {
            return "TERMINATING";
        }
        return conduct == Conduct.SUCCEEDS_MEANWHILE ? "SUCCESS" : "TERMINATED";
    }
}
