package dev.smsrunner.cloud;

/** No usable credentials: the message lists what was looked for, or what is wrong with what was found. */
public final class CredentialsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CredentialsException(String message) {
        super(message);
    }

    CredentialsException(String message, Throwable cause) {
        super(message, cause);
    }
}
