package dev.smsrunner.cloud;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * How calls come to an end when a run must end: at first nothing is waited for that was not sent, later what was sent is not
 * waited for any more. Thread safe; told from outside, kept by whoever calls.
 */
public final class CallCancellation {

    private static final Duration SLICE = Duration.ofMillis(100);

    private final List<Runnable> whenHurried = new CopyOnWriteArrayList<>();
    private final List<Runnable> whenGivenUp = new CopyOnWriteArrayList<>();
    private final Runnable asked;
    private volatile boolean hurried;
    private volatile boolean givenUp;

    /** Nobody wants to know of the calls that ask. */
    public CallCancellation() {
        this(() -> {});
    }

    /** @param asked called whenever a call asks whether it must come to an end: a sign that calls are alive */
    public CallCancellation(Runnable asked) {
        this.asked = asked;
    }

    /** No call waits for its turn or for another attempt from now on; it counts as not sent. */
    public void hurry() {
        hurried = true;
        whenHurried.forEach(Runnable::run);
    }

    /** No call waits for its answer from now on; what became of one that was sent is unknown. */
    public void giveUp() {
        hurry();
        givenUp = true;
        whenGivenUp.forEach(Runnable::run);
    }

    boolean hurried() {
        asked.run();
        return hurried;
    }

    boolean givenUp() {
        return givenUp;
    }

    /** Both are told at once when it came to that already. */
    void tell(Runnable hurry, Runnable giveUp) {
        whenHurried.add(hurry);
        whenGivenUp.add(giveUp);
        if (hurried) {
            hurry.run();
        }
        if (givenUp) {
            giveUp.run();
        }
    }

    void forget(Runnable hurry, Runnable giveUp) {
        whenHurried.remove(hurry);
        whenGivenUp.remove(giveUp);
    }

    /** Waits, but not longer than until it is told to hurry. */
    void sleep(Duration time, CloudSettings.Sleeper sleeper) throws InterruptedException {
        for (var left = time; !hurried && !left.isNegative() && !left.isZero(); left = left.minus(SLICE)) {
            sleeper.sleep(left.compareTo(SLICE) < 0 ? left : SLICE);
        }
    }
}
