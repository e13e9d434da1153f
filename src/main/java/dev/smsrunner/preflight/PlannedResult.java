package dev.smsrunner.preflight;

import org.jspecify.annotations.Nullable;

/** An examination that also tells what would be done for the row, for a plan. */
public interface PlannedResult extends PreflightResult {

    /** Id of the source server, null when there is not exactly one, or none is concerned. */
    @Nullable
    String sourceId();

    /** Id of the task, null when there is none. */
    @Nullable
    String taskId();

    /** What would be done for the row. */
    String intention();
}
