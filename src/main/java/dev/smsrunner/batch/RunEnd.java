package dev.smsrunner.batch;

/** End of a run whose rows have all ended. */
@FunctionalInterface
public interface RunEnd {

    /**
     * Records the end of the run in the ledger and writes its reports.
     *
     * @return false when the operator stopped the run before its end was recorded
     */
    boolean finish();
}
