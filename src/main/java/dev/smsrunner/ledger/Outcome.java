package dev.smsrunner.ledger;

/** How the work on one server ended. */
public enum Outcome {
    /** The target server runs. */
    MIGRATED(true),
    /** The copy is complete and kept in sync, which was the goal. */
    SYNCED(true),
    /** Done, for jobs other than the migration. */
    DONE(true),
    /** There was nothing to do; the reason says why. */
    SKIPPED(true),
    /** Tried and given up. */
    FAILED(false),
    /** Refused before anything was changed for it. */
    REJECTED(false),
    /** Not launched by the end of the run, for the reason that is named; its task is left as it is. */
    NOT_LAUNCHED(false),
    /** Still open when a person stopped the run. */
    STOPPED(false),
    /** Still open. */
    WAITING(false);

    private final boolean success;

    Outcome(boolean success) {
        this.success = success;
    }

    /** Whether the row reached its goal. */
    public boolean isSuccess() {
        return success;
    }
}
