package dev.smsrunner.jobfile;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The simulator that stands in for the service when the endpoint is {@code simulator}.
 *
 * @param servers how many source servers it has
 * @param speed how many simulated seconds pass in one real second
 * @param seed same seed, same servers and same chance
 * @param faults the file that says what goes wrong, resolved against the job file; null = nothing
 * @param requestsPerSecond the limit above which it answers 429; null = none
 * @param state the directory in which it keeps its state over restarts; null = in the data directory of the run
 */
public record SimulatedService(
        int servers,
        double speed,
        long seed,
        @Nullable Path faults,
        @Nullable Double requestsPerSecond,
        @Nullable Path state) {}
