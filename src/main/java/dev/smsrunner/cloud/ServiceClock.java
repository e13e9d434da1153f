package dev.smsrunner.cloud;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time of the machine, but it passes evenly: a clock that is set in the middle of a run neither shortens nor prolongs a wait.
 * The service, which says its time in its answers, decides whether the clock was set wrongly or the machine had slept, and is
 * right when it differs from both by more than a minute and says so twice: windows and signatures are judged by its time. An
 * answer that was long on its way says nothing. Thread safe.
 */
public final class ServiceClock extends Clock {

    private static final Logger log = LoggerFactory.getLogger(ServiceClock.class);

    /** Less is what two machines, or a clock that is corrected little by little, may well differ. */
    private static final Duration STEP = Duration.ofSeconds(5);

    /** The service tells whole seconds, and an answer takes a moment. */
    private static final Duration SECONDS = Duration.ofSeconds(1);

    private static final Duration WRONG = Duration.ofSeconds(60);
    private static final Duration LONG_ON_ITS_WAY = Duration.ofSeconds(10);

    private final Clock wall;
    private final LongSupplier nanos;
    private Instant anchor;
    private long anchoredAt;
    private Duration gap = Duration.ZERO;
    private boolean heard;
    private @Nullable Duration claimed;

    /**
     * When a request was sent.
     *
     * @param nanos by the clock that is never set
     * @param gap of the machine's time then to the one that passes evenly
     */
    record Sent(long nanos, Duration gap) {}

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
        return heard && apart(gap().minus(gap), STEP);
    }

    /** A request is sent now. */
    synchronized Sent sent() {
        return new Sent(nanos.getAsLong(), gap());
    }

    /** The service has answered and does not tell its time: there is nobody who could decide. */
    synchronized void answered() {
        gap = gap();
    }

    /** The service has told its time in its answer to that request. */
    synchronized void heard(Instant theirs, Sent sent) {
        if (isOld(sent)) {
            return;
        }
        heard = true;
        var even = instant();
        var machine = wall();
        var wrong = Duration.between(theirs, even);
        var wrongMachine = Duration.between(theirs, machine);
        if (!apart(wrongMachine, WRONG) && wrongMachine.abs().plus(SECONDS).compareTo(wrong.abs()) < 0) {
            follow(machine, apart(wrong, STEP));
        } else if (apart(wrong, WRONG)) {
            listen(theirs, wrong);
        } else {
            claimed = null;
        }
        note();
    }

    /**
     * The service has refused a request and told its time, which is that of the machine: this process has slept.
     */
    synchronized void refused(Instant theirs, Sent sent) {
        var machine = wall();
        if (!isOld(sent) && !apart(Duration.between(theirs, machine), WRONG) && apart(gap(), STEP)) {
            follow(machine, true);
            note();
        }
    }

    private boolean isOld(Sent sent) {
        return nanos.getAsLong() - sent.nanos() > LONG_ON_ITS_WAY.toNanos() || apart(gap().minus(sent.gap()), STEP);
    }

    private void follow(Instant machine, boolean told) {
        tell(told, "The time has gone on by {} while this process did not", gap());
        claimed = null;
        anchor(machine);
    }

    /** The machine does not bear the service out: one answer may come from a wrong place, two are believed. */
    private void listen(Instant theirs, Duration wrong) {
        if (claimed == null || apart(wrong.minus(claimed), STEP)) {
            claimed = wrong;
            return;
        }
        tell(true, "The time of this run is corrected by {}: that of the service counts", wrong.negated());
        claimed = null;
        anchor(theirs);
    }

    private void note() {
        var now = gap();
        tell(
                apart(now, STEP) && apart(now.minus(gap), STEP),
                "The clock of this machine is off by {} from now on; the run does not follow it. Set it right",
                now);
        gap = now;
    }

    private Duration gap() {
        return Duration.between(instant(), wall());
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

    /** The same time: it has no other zone. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
