package dev.smsrunner.cloud;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time of the machine, but it passes evenly: a clock that is set in the middle of a run neither shortens nor prolongs a wait.
 * The service, which says its time in every answer, decides whether the clock was set wrongly or the machine had slept, and is
 * right when it differs from both by more than a minute: windows and signatures are judged by its time. Thread safe.
 */
public final class ServiceClock extends Clock {

    private static final Logger log = LoggerFactory.getLogger(ServiceClock.class);

    /** Less is what two machines, or a clock that is corrected little by little, may well differ. */
    private static final Duration STEP = Duration.ofSeconds(5);

    private static final Duration WRONG = Duration.ofSeconds(60);

    private final Clock wall;
    private final LongSupplier nanos;
    private Instant anchor;
    private long anchoredAt;
    private Duration gap = Duration.ZERO;

    /**
     * Begins with the time of the machine.
     *
     * @param nanos a clock that is never set
     */
    public ServiceClock(Clock wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.anchor = wall();
        this.anchoredAt = nanos.getAsLong();
    }

    @Override
    public synchronized Instant instant() {
        return anchor.plusNanos(nanos.getAsLong() - anchoredAt);
    }

    /** Whether the clock of the machine was set, or the machine has slept, since the service last told its time. */
    public synchronized boolean unsure() {
        return apart(Duration.between(instant(), wall()).minus(gap), STEP);
    }

    /** The service has told its time. */
    synchronized void heard(Instant theirs) {
        var even = instant();
        var machine = wall();
        boolean wrong = apart(Duration.between(theirs, even), WRONG);
        if (!apart(Duration.between(theirs, machine), WRONG)
                && (wrong || !apart(Duration.between(even, machine), STEP))) {
            tell(wrong, "The time has gone on by {} while this process did not", Duration.between(even, machine));
            anchor(machine);
        } else if (wrong) {
            tell(
                    true,
                    "The time of this run is corrected by {}: that of the service counts",
                    Duration.between(even, theirs));
            anchor(theirs);
        }
        var now = Duration.between(instant(), machine);
        tell(
                apart(now, STEP) && apart(now.minus(gap), STEP),
                "The clock of this machine is off by {} from now on; the run does not follow it. Set it right",
                now);
        gap = now;
    }

    private void anchor(Instant now) {
        anchor = now;
        anchoredAt = nanos.getAsLong();
    }

    private static void tell(boolean so, String text, Duration by) {
        if (so) {
            log.warn(text, by.truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
        }
    }

    private static boolean apart(Duration difference, Duration most) {
        return difference.abs().compareTo(most) > 0;
    }

    private Instant wall() {
        return wall.instant();
    }

    @Override
    public ZoneId getZone() {
        return wall.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return new ServiceClock(wall.withZone(zone), nanos);
    }
}
