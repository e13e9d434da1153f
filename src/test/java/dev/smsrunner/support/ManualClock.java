package dev.smsrunner.support;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock advanced by tests. */
public final class ManualClock extends Clock {

    /** Initial time. */
    public static final Instant START = Instant.parse("2026-11-21T22:00:00Z");

    private volatile Instant now = START;

    /** Advances the clock. */
    public void pass(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
