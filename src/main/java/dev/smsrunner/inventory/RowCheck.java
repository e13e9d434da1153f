package dev.smsrunner.inventory;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Validates a single row: each cell by its grammar, then the combination of cells. */
final class RowCheck {

    /** Maximum number of valid values remembered per column, since most rows repeat them. */
    private static final int MAX_REMEMBERED = 1000;

    private final ProblemList findings;
    private final RowRules rules;
    private final Header header;
    private final CellLimits limits;
    private final List<List<Column>> needs;
    private final List<Column> present;
    private final Map<Column, Set<String>> validValues = new EnumMap<>(Column.class);

    RowCheck(ProblemList findings, RowRules rules, Header header, HeaderCheck headerCheck, CellLimits limits) {
        this.findings = findings;
        this.rules = rules;
        this.header = header;
        this.limits = limits;
        this.needs = rules.requiredColumns().stream()
                .filter(group -> headerCheck.isSupplied(group, header))
                .toList();
        this.present = Arrays.stream(Column.values())
                .filter(column -> header.has(column) && !rules.replaces(column))
                .toList();
        present.stream().filter(Column::repeats).forEach(column -> validValues.put(column, new HashSet<>()));
    }

    /** Validates the defaults of the job file once instead of with every row. */
    static void defaults(ProblemList findings, Map<String, String> defaults, CellLimits limits) {
        defaults.forEach((label, value) -> Column.of(label)
                .map(column -> column.faults(value, limits))
                .orElse(List.of())
                .forEach(fault -> findings.problem(
                        0, label, "the default " + fault.what(), fault.advice() + " in the job file")));
    }

    void check(InventoryRow row) {
        for (Column column : present) {
            checkCell(row, column);
        }
        for (List<Column> group : needs) {
            checkRequired(row, group);
        }
        rules.checkCombination(row, (column, fault) -> findings.problem(row.line(), column.label(), fault));
    }

    private void checkCell(InventoryRow row, Column column) {
        String cell = row.cell(column);
        Set<String> valid = validValues.get(column);
        if (valid != null && valid.contains(cell)) {
            return;
        }
        List<CellProblem> faults = column.faults(cell, limits);
        faults.forEach(fault -> {
            if (column.isRecent()) {
                findings.newProblem(row.line(), column.label(), fault);
            } else {
                findings.problem(row.line(), column.label(), fault);
            }
        });
        if (faults.isEmpty() && valid != null && valid.size() < MAX_REMEMBERED) {
            valid.add(cell);
        }
    }

    private void checkRequired(InventoryRow row, List<Column> group) {
        if (group.stream().allMatch(column -> row.value(column).isEmpty())) {
            String column = group.get(0).label();
            String what = group.size() == 1 ? "is empty" : "no value in " + HeaderCheck.either(group);
            boolean fillable = group.stream().anyMatch(each -> !each.identifies());
            findings.problem(
                    row.line(),
                    column,
                    what,
                    fillable ? "fill the cell, or set it for all rows in the job file" : "fill the cell");
        }
    }
}
