package dev.smsrunner.inventory;

import java.util.List;
import java.util.function.BiConsumer;

/** Rules of a job for the rows of its inventory, beyond the grammar of single cells. */
public interface RowRules {

    /** Columns of which one identifies a source or its task. */
    List<Column> SOURCE_OR_TASK =
            List.of(Column.SERVER_NAME, Column.SOURCE_SERVER_ID, Column.SOURCE_IP, Column.TASK_ID);

    /** Required columns. In each group at least one column must have a value. */
    List<List<Column>> requiredColumns();

    /** Text of the warning for a known column that the job does not read; empty for a column that it reads. */
    default String warningFor(Column column) {
        return "";
    }

    /** Whether {@code migration_ip} is the address of an existing target of the row, which must be unique. */
    default boolean hasTargetAddress(InventoryRow row) {
        return false;
    }

    /** Whether the job skips the rows that {@code ok_to_migrate} forbids. */
    default boolean skipsForbiddenRows() {
        return false;
    }

    /** Whether the job launches targets, so that the cells about the launch count. */
    default boolean launchesTargets() {
        return false;
    }

    /** Whether another value replaces every cell of the column, so that a malformed cell does no harm. */
    default boolean replaces(Column column) {
        return false;
    }

    /** Advice for a column that identifies the server and is missing in the header. */
    default String adviceForMissingIdentity() {
        return "add it, or name its column under columns in the job file";
    }

    /** Passes on the problems of cells that are valid, but not together. */
    default void checkCombination(InventoryRow row, BiConsumer<Column, CellProblem> problems) {}
}
