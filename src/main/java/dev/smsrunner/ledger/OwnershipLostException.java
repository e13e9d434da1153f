package dev.smsrunner.ledger;

/** Somebody else works on the run: this process must stop writing, in the ledger and in the cloud. */
public final class OwnershipLostException extends RuntimeException {

    /** Names the run whose token is no longer ours. */
    public OwnershipLostException(FencedRun owner) {
        super(("Run %s is worked on by another process now (our token %d is no longer the latest)."
                        + " Nothing more is written from here; see 'status %s'.")
                .formatted(owner.runId(), owner.token(), owner.runId()));
    }
}
