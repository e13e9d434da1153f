package dev.smsrunner.run;

import java.util.List;
import java.util.Map;

/**
 * What a run would do, in counts.
 *
 * @param rows rows by the first thing that would happen; every step that the job has is there
 * @param warnings what only all rows together tell: which of them can never be launched
 */
public record PlanSummary(Map<PlannedRow.Step, Integer> rows, List<String> warnings) {

    /** Rows that would be rejected. */
    public int rejected() {
        return rows.getOrDefault(PlannedRow.Step.REJECT, 0);
    }
}
