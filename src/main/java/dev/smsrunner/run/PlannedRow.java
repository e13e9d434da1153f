package dev.smsrunner.run;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.target.RowTarget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run would do for one row.
 *
 * @param sourceId the source server that it names, null when there is not exactly one
 * @param taskId the task that the source has already, null when it has none
 * @param target where the row is to be migrated to; null in jobs that have no target
 * @param detail what would be done, or why nothing is
 * @param warnings what is worth knowing besides
 */
public record PlannedRow(
        InventoryRow row,
        Step step,
        @Nullable String sourceId,
        @Nullable String taskId,
        @Nullable RowTarget target,
        String detail,
        List<String> warnings) {

    PlannedRow withDetail(String other) {
        return new PlannedRow(row, step, sourceId, taskId, target, other, warnings);
    }

    /** The first thing that would happen. */
    public enum Step {
        /** A task would be created and started. */
        CREATE,
        /** The task that is there would be updated and started. */
        UPDATE,
        /** The task that is there would be started as it is. */
        START,
        /** The task that is there is under way and would be watched. */
        ADOPT,
        /** What the job is for would be sent; in jobs other than migrate. */
        SEND,
        /** Nothing is to be done. */
        SKIP,
        /** The row would be rejected. */
        REJECT
    }
}
