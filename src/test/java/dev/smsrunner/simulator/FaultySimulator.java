package dev.smsrunner.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Starts simulators whose fault file is written in the test. */
final class FaultySimulator {

    private FaultySimulator() {}

    /** A slow world of 12 servers, so that nothing moves but by the clock. */
    static Simulator start(Path directory, ManualClock clock, String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("faults.yaml"), yaml);
        return Simulator.start(SimulatorSettings.defaults()
                .withServers(12)
                .withSpeed(1)
                .withClock(clock)
                .withFaults(file));
    }
}
