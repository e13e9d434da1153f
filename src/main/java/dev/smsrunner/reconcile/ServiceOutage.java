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
 * Outage of the service. One event of the run reports it to other processes, and another one its end. Short outages are not
 * reported.
 */
final class ServiceOutage {

    private static final Logger log = LoggerFactory.getLogger(ServiceOutage.class);

    private static final Duration REPORT_AFTER = Duration.ofMinutes(1);

    private final ReconcileContext context;
    private @Nullable Instant since;
    private @Nullable Instant reportedSince;

    /** @param reportedSince start of an outage that an earlier process reported; null when there is none */
    ServiceOutage(ReconcileContext context, @Nullable Instant reportedSince) {
        this.context = context;
        this.reportedSince = reportedSince;
    }

    /** Whether the latest observation failed. */
    boolean isOngoing() {
        return since != null;
    }

    /** Ends the outage after a successful observation. */
    void end() {
        if (reportedSince != null) {
            context.ledger().appendRunEvents(context.owner(), ServiceOutageEvents.end(reportedSince));
        }
        since = null;
        reportedSince = null;
    }

    /**
     * Records a failed observation.
     *
     * @throws ApiException when the service refuses the credentials
     * @throws ServiceAwayException when the service was unreachable for too long
     */
    void recordFailure(ApiException failure) {
        if (failure.kind() == CallFailureKind.DENIED) {
            throw failure;
        }
        var now = context.clock().instant();
        var start = since == null ? now : since;
        since = start;
        var time = Duration.between(start, now);
        boolean tooLong = time.compareTo(context.awayLimit()) >= 0;
        if (reportedSince == null && (tooLong || time.compareTo(REPORT_AFTER) >= 0)) {
            reportedSince = start;
            context.ledger().appendRunEvents(context.owner(), ServiceOutageEvents.begin(start, failure.getMessage()));
        }
        if (tooLong) {
            throw new ServiceAwayException(start, failure);
        }
        log.warn("The service has been unreachable since {}; retrying: {}", start, failure.getMessage());
    }
}
