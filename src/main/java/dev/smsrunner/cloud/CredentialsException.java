package dev.smsrunner.cloud;

/** Missing or unusable credentials; the message lists the sources searched or the problem found. */
public final class CredentialsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CredentialsException(String message) {
        super(message);
    }

    CredentialsException(String message, Throwable cause) {
        super(message, cause);
    }
}
