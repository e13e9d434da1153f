package dev.smsrunner.cloud;

/** Successful answer with unusable content; the call counts as UNKNOWN, and a read is retried. */
public final class UnreadableAnswerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message the problem of the answer, for the operator */
    public UnreadableAnswerException(String message) {
        super(message);
    }
}
