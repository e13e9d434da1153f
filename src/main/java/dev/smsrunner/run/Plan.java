package dev.smsrunner.run;

import java.util.Map;

/**
 * What a run would do, in counts.
 *
 * @param rows rows by the first thing that would happen; every step that the job has is there
 */
public record Plan(Map<PlannedRow.Step, Integer> rows) {

    /** Rows that would be rejected. */
    public int rejected() {
        return rows.getOrDefault(PlannedRow.Step.REJECT, 0);
    }
}
