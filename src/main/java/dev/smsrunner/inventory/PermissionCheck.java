package dev.smsrunner.inventory;

import java.util.EnumMap;
import java.util.Map;

/** Checks the cells that permit or forbid the work on a row: the job must be able to obey them. */
final class PermissionCheck {

    private final ProblemList findings;
    private final RowRules rules;
    private final Map<Column, Integer> emptyCells = new EnumMap<>(Column.class);
    private final Map<Column, Integer> filledCells = new EnumMap<>(Column.class);

    PermissionCheck(ProblemList findings, RowRules rules) {
        this.findings = findings;
        this.rules = rules;
    }

    void check(InventoryRow row, Header header) {
        boolean permitted = row.isOkToMigrate();
        if (!permitted && !rules.skipsForbiddenRows()) {
            findings.newProblem(
                    row.line(),
                    Column.OK_TO_MIGRATE.label(),
                    new CellProblem("is no, but this job works on every row", "remove the row, or write yes"));
        }
        if (!row.isOkToCutover() && !rules.skipsForbiddenRows()) {
            findings.newProblem(
                    row.line(),
                    Column.OK_TO_CUTOVER.label(),
                    new CellProblem("is no, but this job works on every row", "remove the row, or write yes"));
        }
        if (header.has(Column.OK_TO_MIGRATE)) {
            count(row, Column.OK_TO_MIGRATE);
        }
        if (header.has(Column.OK_TO_CUTOVER)) {
            count(row, Column.OK_TO_CUTOVER);
        }
    }

    private void count(InventoryRow row, Column column) {
        (row.value(column).isEmpty() ? emptyCells : filledCells).merge(column, 1, Integer::sum);
    }

    /** Warns of empty cells beside filled ones, since an empty cell forbids in other tools. */
    void finish() {
        emptyCells.forEach((column, count) -> {
            if (filledCells.containsKey(column)) {
                findings.warning(
                        0,
                        column.label(),
                        "is empty in " + Plural.of(count, "row") + ", which counts as yes",
                        "write no to forbid a row");
            }
        });
    }
}
