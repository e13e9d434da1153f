package dev.smsrunner.preflight;

import org.jspecify.annotations.Nullable;

/** Preflight result with the planned change of the row, for a plan. */
public interface PlannedResult extends PreflightResult {

    /** Id of the source server; null when there is not exactly one, or when the job needs none. */
    @Nullable
    String sourceId();

    /** Id of the task; null when there is none. */
    @Nullable
    String taskId();

    /** Planned change of the row. */
    String plannedChange();
}
