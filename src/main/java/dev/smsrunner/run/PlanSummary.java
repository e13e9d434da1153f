package dev.smsrunner.run;

import dev.smsrunner.job.PlannedRow;
import java.util.List;
import java.util.Map;

/**
 * Totals of a plan.
 *
 * @param rows number of rows by first step; contains every step of the job
 * @param warnings warnings about the plan as a whole, such as rows that can never be launched
 */
public record PlanSummary(Map<PlannedRow.Step, Integer> rows, List<String> warnings) {

    /** Number of rows that preflight would reject. */
    public int rejected() {
        return rows.getOrDefault(PlannedRow.Step.REJECT, 0);
    }
}
