package dev.smsrunner.cloud;

import java.time.Duration;
import java.util.Optional;

/** Retry state of one call: 429 is always retried, other failures only for reads. */
final class RetryState {

    private final CloudSettings settings;
    private final CallKind kind;
    private final long startedAt;
    private long throttledSince;
    private boolean throttled;
    private int failures;

    RetryState(CloudSettings settings, CallKind kind) {
        this.settings = settings;
        this.kind = kind;
        this.startedAt = settings.nanos().getAsLong();
    }

    /** Pause before the next attempt; empty when there must be none. */
    Optional<Duration> pauseAfter(ApiException failure) {
        if (Thread.currentThread().isInterrupted()) {
            return Optional.empty();
        }
        long now = settings.nanos().getAsLong();
        return switch (failure.kind()) {
            case THROTTLED -> afterThrottling(now);
            case UNKNOWN, NOT_SENT -> afterTrouble(now);
            case REFUSED, DENIED -> Optional.empty();
        };
    }

    /** The rate limiter makes the pause. */
    private Optional<Duration> afterThrottling(long now) {
        throttledSince = throttled ? throttledSince : now;
        throttled = true;
        boolean patient = now - throttledSince < settings.throttlePatience().toNanos();
        return patient ? Optional.of(Duration.ZERO) : Optional.empty();
    }

    private Optional<Duration> afterTrouble(long now) {
        failures++;
        boolean again = kind == CallKind.READ
                && failures < settings.readAttempts()
                && now - startedAt < settings.readPatience().toNanos();
        return again ? Optional.of(settings.backoff().delay(failures)) : Optional.empty();
    }
}
