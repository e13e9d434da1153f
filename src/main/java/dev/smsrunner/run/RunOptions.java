package dev.smsrunner.run;

/**
 * Command-line options of a run.
 *
 * @param fresh start a new run even if an earlier run is unfinished
 * @param acceptChanges resume with the current job file and inventory
 * @param strict end the run when preflight rejects a row
 */
public record RunOptions(boolean fresh, boolean acceptChanges, boolean strict) {

    /** Default options. */
    public static final RunOptions NONE = new RunOptions(false, false, false);
}
