package dev.smsrunner.cloud;

import java.time.Duration;
import java.util.Optional;

/** How often one call was tried, and whether it may be tried again: 429 always, other trouble only when it was a read. */
final class RetryState {

    private final CloudSettings settings;
    private final CallKind kind;
    private final long begun;
    private long throttledSince;
    private boolean throttled;
    private int failed;

    RetryState(CloudSettings settings, CallKind kind) {
        this.settings = settings;
        this.kind = kind;
        this.begun = settings.nanos().getAsLong();
    }

    /** How long to wait before the next attempt; empty when there must be none. */
    Optional<Duration> afterwards(ApiException failure) {
        if (Thread.currentThread().isInterrupted()) {
            return Optional.empty();
        }
        long now = settings.nanos().getAsLong();
        return switch (failure.verdict()) {
            case THROTTLED -> afterThrottling(now);
            case UNKNOWN, NOT_SENT -> afterTrouble(now);
            case REFUSED, DENIED -> Optional.empty();
        };
    }

    /** The budget makes the pause. */
    private Optional<Duration> afterThrottling(long now) {
        throttledSince = throttled ? throttledSince : now;
        throttled = true;
        boolean patient = now - throttledSince < settings.throttlePatience().toNanos();
        return patient ? Optional.of(Duration.ZERO) : Optional.empty();
    }

    private Optional<Duration> afterTrouble(long now) {
        failed++;
        boolean again = kind == CallKind.READ
                && failed < settings.readAttempts()
                && now - begun < settings.readPatience().toNanos();
        return again ? Optional.of(Jitter.full(settings.random(), failed)) : Optional.empty();
    }
}
