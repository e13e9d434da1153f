package dev.smsrunner.run;

/**
 * Command-line options of a run.
 *
 * @param fresh start a new run even if an earlier run is unfinished
 * @param acceptChanges resume with the current job file and inventory
 * @param strict end the run when preflight rejects a row
 * @param standby wait while another process works on the job, and take over its run when that process ends
 */
public record RunOptions(boolean fresh, boolean acceptChanges, boolean strict, boolean standby) {

    /** Default options. */
    public static final RunOptions NONE = new RunOptions(false, false, false, false);
}
