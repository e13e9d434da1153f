package dev.smsrunner.job;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.preflight.PreflightResult;
import dev.smsrunner.target.RowTarget;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plan of one row.
 *
 * @param sourceId id of the source server, null unless exactly one server matches
 * @param taskId existing task of the source, null when it has none
 * @param target migration target; null in jobs without a target
 * @param detail planned action, or the reason why there is none
 * @param warnings additional warnings
 */
@RecordBuilder
public record PlannedRow(
        InventoryRow row,
        Step step,
        @Nullable String sourceId,
        @Nullable String taskId,
        @Nullable RowTarget target,
        String detail,
        List<String> warnings) {

    /**
     * Plan of an examined row.
     *
     * @param accepted step of a row that preflight accepts
     */
    public static PlannedRow of(PreflightResult result, Step accepted, @Nullable RowTarget target) {
        var rejection = result.rejection();
        var nothing = result.nothingToDo();
        var step = rejection.isPresent() ? Step.REJECT : nothing.isPresent() ? Step.SKIP : accepted;
        return new PlannedRow(
                result.row(),
                step,
                result.sourceId(),
                result.taskId(),
                target,
                rejection.or(() -> nothing).orElseGet(result::plannedChange),
                result.warnings());
    }

    /** The row with another detail. */
    public PlannedRow withDetail(String other) {
        return PlannedRowBuilder.builder(this).detail(other).build();
    }

    /** The row with another step and detail. */
    public PlannedRow with(Step other, String why) {
        return PlannedRowBuilder.builder(this).step(other).detail(why).build();
    }

    /** First step of a row. */
    public enum Step {
        /** The run would create and start a task. */
        CREATE,
        /** The run would update and start the existing task. */
        UPDATE,
        /** The run would start the existing task unchanged. */
        START,
        /** The run would monitor the existing task, which is already running. */
        ADOPT,
        /** The run would send the call of the job; in jobs other than migrate. */
        SEND,
        /** Nothing to do. */
        SKIP,
        /** Preflight would reject the row. */
        REJECT
    }
}
