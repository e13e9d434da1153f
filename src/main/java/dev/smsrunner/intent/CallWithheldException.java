package dev.smsrunner.intent;

/** A call was held back at the last moment: the run was stopped, or the ledger cannot be reached. Nothing was sent. */
public final class CallWithheldException extends RuntimeException {

    /** Says what held it back. */
    public CallWithheldException(String message) {
        super(message);
    }
}
