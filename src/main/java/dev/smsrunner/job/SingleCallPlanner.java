package dev.smsrunner.job;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.preflight.Examiner;
import java.util.EnumSet;
import java.util.Set;

/** Planner of jobs that send the planned change of each accepted row. */
record SingleCallPlanner(Examiner examiner) implements RowPlanner {

    private static final Set<PlannedRow.Step> STEPS =
            EnumSet.of(PlannedRow.Step.SEND, PlannedRow.Step.SKIP, PlannedRow.Step.REJECT);

    @Override
    public Set<PlannedRow.Step> steps() {
        return STEPS;
    }

    @Override
    public PlannedRow plan(InventoryRow row) {
        return PlannedRow.of(examiner.examine(row), PlannedRow.Step.SEND, null);
    }
}
