package dev.smsrunner.reconcile;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.ledger.ServiceOutageEvents;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Since when the service cannot be looked at. Other processes are told by one event of the run, and by another one when it is
 * back; an outage that is over soon is not told at all.
 */
final class ServiceOutage {

    private static final Logger log = LoggerFactory.getLogger(ServiceOutage.class);

    private static final Duration TOLD_AFTER = Duration.ofMinutes(1);

    private final ReconcileLoop.Pulse pulse;
    private @Nullable Instant since;
    private @Nullable Instant told;

    /** @param told since when the service is away by what an earlier process told; null when it is not */
    ServiceOutage(ReconcileLoop.Pulse pulse, @Nullable Instant told) {
        this.pulse = pulse;
        this.told = told;
    }

    /** Whether the latest look failed. */
    boolean goesOn() {
        return since != null;
    }

    /** A look succeeded. */
    void ends() {
        if (told != null) {
            pulse.ledger().tell(pulse.owner(), ServiceOutageEvents.end(told));
        }
        since = null;
        told = null;
    }

    /**
     * A look failed.
     *
     * @throws ApiException when the service refuses our credentials
     * @throws ServiceAwayException when it is away for too long
     */
    void failed(ApiException failure) {
        if (failure.kind() == CallFailureKind.DENIED) {
            throw failure;
        }
        var now = pulse.clock().instant();
        var begin = since == null ? now : since;
        since = begin;
        var time = Duration.between(begin, now);
        boolean tooLong = time.compareTo(pulse.awayLimit()) >= 0;
        if (told == null && (tooLong || time.compareTo(TOLD_AFTER) >= 0)) {
            told = begin;
            pulse.ledger().tell(pulse.owner(), ServiceOutageEvents.begin(begin, failure.getMessage()));
        }
        if (tooLong) {
            throw new ServiceAwayException(begin, failure);
        }
        log.warn("The service cannot be looked at since {}, trying on: {}", begin, failure.getMessage());
    }
}
