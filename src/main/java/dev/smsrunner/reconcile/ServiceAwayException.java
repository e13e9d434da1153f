package dev.smsrunner.reconcile;

import dev.smsrunner.cloud.ApiException;
import java.time.Instant;

/** The service could not be looked at for longer than a run waits. What goes on in the cloud goes on. */
public final class ServiceAwayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Says since when, and what the last call met. */
    public ServiceAwayException(Instant since, ApiException last) {
        super("The service cannot be looked at since %s. %s".formatted(since, last.getMessage()), last);
    }
}
