package dev.smsrunner.cloud;

/**
 * A read was not made, or not to its end, since the run is to end. Nothing is known by it: unlike an {@link ApiException} it
 * must not be taken for trouble with what was asked for.
 */
public final class CallsEndedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CallsEndedException(String operation, Throwable cause) {
        super(
                operation + " was not waited for, since the run is to end. It is asked again when the run goes on.",
                cause);
    }
}
