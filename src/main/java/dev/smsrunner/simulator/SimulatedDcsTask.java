package dev.smsrunner.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * One DCS data-migration task and what a stop does to it; its status is worked out when somebody looks.
 *
 * @param id id, shaped like a UUID
 * @param name name
 * @param conduct how it behaves
 * @param created when it was created, virtual time
 */
record SimulatedDcsTask(String id, String name, Conduct conduct, Instant created) {

    /** The statuses of the two phases of copying; INCRMIGEATING is the service's own spelling. */
    static final Set<String> COPYING = Set.of("FULLMIGRATING", "INCRMIGEATING");

    private static final Duration STOPPING = Duration.ofSeconds(90);
    private static final Duration FULL_PHASE = Duration.ofHours(60);
    private static final int FAILED_AT = 37;

    /** How a task behaves; most are in the incremental phase and stop when told to. */
    enum Conduct {
        /** In the incremental phase, with the spelling that is live. */
        INCREMENTAL,
        /** Still in the full phase. */
        FULL,
        /** Its stop is dispatched, and then it succeeds all the same. */
        SUCCEEDS_MEANWHILE,
        /** Has succeeded before anybody stopped it. */
        SUCCEEDED,
        /** Has failed before anybody stopped it. */
        FAILED,
        /** Refuses the first stop. */
        RELUCTANT,
        /** Is gone. */
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

    /** True when a further stop would be dispatched. */
    boolean acceptsStop(List<Instant> stopsSoFar) {
        return switch (conduct) {
            case INCREMENTAL, FULL, SUCCEEDS_MEANWHILE -> stopsSoFar.isEmpty();
            case RELUCTANT -> stopsSoFar.size() == 1;
            case SUCCEEDED, FAILED, DELETED -> false;
        };
    }

    /** Percentage of the full phase that is complete; it does not grow any more once the task was stopped or has failed. */
    int fullProgress(List<Instant> stops, Instant now) {
        if (conduct != Conduct.FULL) {
            return conduct == Conduct.FAILED ? FAILED_AT : 100;
        }
        Instant until = stops.isEmpty() ? now : stops.get(0);
        return (int) Math.min(100, 100 * Duration.between(created, until).toSeconds() / FULL_PHASE.toSeconds());
    }

    /** The status, given when stops were asked for. */
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
