package dev.smsrunner.run;

/**
 * What the command line says about a run.
 *
 * @param fresh begin a new run even when an earlier one is unfinished
 * @param acceptChanges go on with the settings of the job file as it is now
 * @param strict end the run when preflight rejects a row
 */
public record RunOptions(boolean fresh, boolean acceptChanges, boolean strict) {

    /** Nothing out of the ordinary. */
    public static final RunOptions NONE = new RunOptions(false, false, false);
}
