package dev.smsrunner.act;

/** A call was held back at the last moment: the run was stopped, or the ledger cannot be reached. Nothing was sent. */
public final class NotNowException extends RuntimeException {

    /** Says what held it back. */
    public NotNowException(String message) {
        super(message);
    }
}
