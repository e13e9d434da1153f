package dev.smsrunner.reconcile;

import dev.smsrunner.cloud.ApiException;
import java.time.Instant;

/** Thrown when the service was unreachable for longer than a run waits. Work in the cloud continues. */
public final class ServiceAwayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With the start of the outage and the failure of the last call. */
    public ServiceAwayException(Instant since, ApiException last) {
        super("The service has been unreachable since %s. %s".formatted(since, last.getMessage()), last);
    }
}
