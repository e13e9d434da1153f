package dev.smsrunner.ledger;

/** Thrown when another process works on the run: this process must stop writing to the ledger and the cloud. */
public final class OwnershipLostException extends RuntimeException {

    /** With the run whose token is outdated. */
    public OwnershipLostException(FencedRun owner) {
        super(("Another process now works on run %s (token %d of this process is outdated)."
                        + " This process writes nothing more; see 'status %s'.")
                .formatted(owner.runId(), owner.token(), owner.runId()));
    }
}
