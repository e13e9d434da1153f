package dev.smsrunner.simulator;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Virtual duration of each part of a server's migration, and the service's quirks it shows.
 *
 * @param initialise time from the start to the first copied byte
 * @param copy work of the full copy
 * @param launch time from the launch command to the running target
 * @param showsWaypoint whether MIGRATE_SUCCESS shows between copy and continuous sync
 * @param endsAsSync whether a launch after continuous sync ends in SYNC_SUCCESS instead of MIGRATE_SUCCESS
 * @param nullProgress whether subtask progress is null
 * @param progressOver100 whether subtask progress runs above 100
 */
record ServerPlan(
        Duration initialise,
        Duration copy,
        Duration launch,
        boolean showsWaypoint,
        boolean endsAsSync,
        boolean nullProgress,
        boolean progressOver100) {

    /** Draws a plan: 1 to 3 minutes to initialise, 5 to 60 to copy, 2 to 5 to launch. */
    static ServerPlan draw(SplittableRandom random) {
        return new ServerPlan(
                Duration.ofSeconds(random.nextInt(60, 180)),
                Duration.ofSeconds(random.nextInt(300, 3600)),
                Duration.ofSeconds(random.nextInt(120, 300)),
                random.nextInt(5) == 0,
                random.nextInt(4) == 0,
                random.nextInt(16) == 0,
                random.nextInt(16) == 0);
    }
}
