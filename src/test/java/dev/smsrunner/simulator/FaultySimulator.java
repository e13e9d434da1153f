package dev.smsrunner.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Starts simulators with the fault file of a test. */
final class FaultySimulator {

    private FaultySimulator() {}

    /** A world of 12 servers at real speed, so that only the clock changes states. */
    static Simulator start(Path directory, ManualClock clock, String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("faults.yaml"), yaml);
        return Simulator.start(SimulatorSettings.defaults()
                .withServers(12)
                .withSpeed(1)
                .withClock(clock)
                .withFaults(file));
    }
}
