package dev.smsrunner.cloud;

/** Read that was cancelled because the run is stopping. Unlike an {@link ApiException} it reveals nothing about the requested resource. */
public final class CallsEndedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CallsEndedException(String operation, Throwable cause) {
        super(operation + " was cancelled because the run is stopping. It is repeated when the run resumes.", cause);
    }
}
