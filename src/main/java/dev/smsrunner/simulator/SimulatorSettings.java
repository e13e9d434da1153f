package dev.smsrunner.simulator;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a simulator, derived from {@link #defaults()}.
 *
 * @param port loopback port, 0 for any free one
 * @param servers number of source servers in the world
 * @param speed virtual seconds that pass per real second
 * @param seed seed of the world, the durations and the random faults
 * @param faults YAML file of faults and behaviours, or null
 * @param stateDirectory directory of mutations and audit, from which a killed simulator resumes, or null for memory only
 * @param credentials accepted credentials, or null for no authentication
 * @param requestsPerSecond maximum calls per second, above which the answer is 429, or null for no limit
 * @param concurrent maximum number of tasks RUNNING or SYNCING at once
 * @param clock source of real time
 */
@RecordBuilder
@RecordBuilder.Options(enableWither = true)
public record SimulatorSettings(
        int port,
        int servers,
        double speed,
        long seed,
        @Nullable Path faults,
        @Nullable Path stateDirectory,
        @Nullable SimulatorCredentials credentials,
        @Nullable Double requestsPerSecond,
        int concurrent,
        Clock clock)
        implements SimulatorSettingsBuilder.With {

    /** @throws IllegalArgumentException for a value outside its range */
    public SimulatorSettings {
        require(port >= 0 && port <= 65535, "port", port, "0 to 65535");
        require(servers >= 0 && servers <= 65535, "servers", servers, "0 to 65535");
        require(speed > 0, "speed", speed, "above 0");
        require(requestsPerSecond == null || requestsPerSecond > 0, "rate", requestsPerSecond, "above 0");
        require(concurrent >= 1, "concurrent", concurrent, "1 or more");
    }

    private static void require(boolean holds, String name, @Nullable Number value, String range) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + " (must be " + range + ")");
        }
    }

    /** 48 servers of seed 7 on any port, one virtual minute per second, no faults, no authentication, no rate limit. */
    public static SimulatorSettings defaults() {
        return new SimulatorSettings(0, 48, 60, 7, null, null, null, null, 100, Clock.systemUTC());
    }
}
