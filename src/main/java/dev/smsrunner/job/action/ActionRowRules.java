package dev.smsrunner.job.action;

import dev.smsrunner.inventory.CellProblem;
import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.inventory.Operations;
import dev.smsrunner.inventory.RowRules;
import java.util.List;
import java.util.function.BiConsumer;

/** Rows with a task and an operation that is known, or that the job file allows. */
final class ActionRowRules implements RowRules {

    @Override
    public List<List<Column>> requiredColumns() {
        return List.of(SOURCE_OR_TASK, List.of(Column.OPERATION));
    }

    @Override
    public void checkCombination(InventoryRow row, BiConsumer<Column, CellProblem> problems) {
        String cell = row.cell(Column.OPERATION);
        boolean isValid =
                !cell.isEmpty() && Column.OPERATION.faults(cell, row.limits()).isEmpty();
        CellProblem problem = isValid ? Operations.check(cell, row.allowedOperations()) : null;
        if (problem != null) {
            problems.accept(Column.OPERATION, problem);
        }
        if (row.value(Column.OPERATION).equalsIgnoreCase("clone_test")
                && row.value(Column.TEMPLATE_ID).isEmpty()) {
            problems.accept(
                    Column.TEMPLATE_ID,
                    new CellProblem("is empty, but clone_test needs it", "write the id of the template"));
        }
    }
}
