package dev.smsrunner.ledger;

/** Outcomes of the work on one server. */
public enum Outcome {
    /** The target server runs. */
    MIGRATED(true),
    /** The copy is complete and kept in sync, which was the goal. */
    SYNCED(true),
    /** Done, for jobs other than the migration. */
    DONE(true),
    /** There was nothing to do; the reason contains the cause. */
    SKIPPED(true),
    /** Tried and given up. */
    FAILED(false),
    /** Refused before anything was changed for it. */
    REJECTED(false),
    /** Not launched by the end of the run; the reason contains the cause. The task is left as it is. */
    NOT_LAUNCHED(false),
    /** Still open when an operator stopped the run. */
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
