package dev.smsrunner.jobfile;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the simulator, for the endpoint {@code simulator}.
 *
 * @param servers number of source servers
 * @param speed simulated seconds per real second
 * @param seed seed of the servers and of all random choices
 * @param faults file of the simulated faults, resolved against the job file; null = none
 * @param requestsPerSecond call rate above which it answers 429; null = no limit
 * @param state directory of its persistent state; null = in the data directory of the run
 */
public record SimulatedService(
        int servers,
        double speed,
        long seed,
        @Nullable Path faults,
        @Nullable Double requestsPerSecond,
        @Nullable Path state) {}
