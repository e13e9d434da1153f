package dev.smsrunner.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Virtual time of the world. It starts at {@code epoch} and runs {@code speed} times as fast as the clock.
 *
 * @param epoch real and virtual start time of the world
 * @param speed virtual seconds per real second
 * @param clock real time
 */
record VirtualTime(Instant epoch, double speed, Clock clock) {

    Instant at(Instant real) {
        Duration passed = Duration.between(epoch, real);
        double nanos = passed.getSeconds() * 1e9 + passed.getNano();
        double virtual = Math.max(0, nanos) * speed;
        return epoch.plusSeconds((long) (virtual / 1e9)).plusNanos((long) (virtual % 1e9));
    }
}
