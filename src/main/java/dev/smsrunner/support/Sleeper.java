package dev.smsrunner.support;

import java.time.Duration;

/** Sleep of a thread. Tests replace it, so that no test waits. */
@FunctionalInterface
public interface Sleeper {

    /** Sleep in real time. */
    Sleeper REAL = time -> Thread.sleep(time.toMillis());

    /**
     * Sleeps for about the given time.
     *
     * @throws InterruptedException if another thread interrupts the sleep
     */
    void sleep(Duration time) throws InterruptedException;
}
