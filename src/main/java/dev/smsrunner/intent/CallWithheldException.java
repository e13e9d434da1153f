package dev.smsrunner.intent;

/**
 * Thrown when the runner withholds a call at the last moment: the run is stopping or the ledger is unreachable. Nothing was
 * sent.
 */
public final class CallWithheldException extends RuntimeException {

    /** With the reason. */
    public CallWithheldException(String message) {
        super(message);
    }
}
