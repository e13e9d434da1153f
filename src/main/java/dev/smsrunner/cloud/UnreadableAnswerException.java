package dev.smsrunner.cloud;

/** A successful answer that does not hold what it must; the call then counts as UNKNOWN, and a read is repeated. */
public final class UnreadableAnswerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what is wrong with the answer, for a person */
    public UnreadableAnswerException(String message) {
        super(message);
    }
}
