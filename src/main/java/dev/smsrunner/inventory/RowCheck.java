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
        this.present = Arrays.stream(Column.values()).filter(header::has).toList();
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
        checkCombination(row);
    }

    private void checkCell(InventoryRow row, Column column) {
        String cell = row.cell(column);
        Set<String> valid = validValues.get(column);
        if (valid != null && valid.contains(cell)) {
            return;
        }
        List<CellProblem> faults = column.faults(cell, limits);
        faults.forEach(fault -> findings.problem(row.line(), column.label(), fault));
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

    private void checkCombination(InventoryRow row) {
        switch (rules) {
            case MIGRATE -> migrate(row);
            case ACTION -> action(row);
            case CHANGESTATE, UPDATE, STOP_DCS -> {}
        }
    }

    private void migrate(InventoryRow row) {
        boolean existing = !row.targetServerId().isEmpty();
        if (existing && !row.vmTemplateId().isEmpty()) {
            problem(
                    row,
                    Column.TARGET_SERVER_ID,
                    "is set together with vm_template_id",
                    "keep target_server_id for an existing target, vm_template_id for a new one");
        }
        if (existing && row.migrationIp().isEmpty()) {
            problem(
                    row,
                    Column.MIGRATION_IP,
                    "is empty, but target_server_id is an existing target",
                    "write the address of the target");
        }
        if (isWindows(row) && row.value(Column.MIGRATION_TYPE).equalsIgnoreCase("MIGRATE_FILE")) {
            problem(
                    row,
                    Column.MIGRATION_TYPE,
                    "MIGRATE_FILE is not possible for WINDOWS",
                    "write MIGRATE_BLOCK for this server");
        }
    }

    private static boolean isWindows(InventoryRow row) {
        return row.value(Column.SERVER_OS_FAMILY).equalsIgnoreCase("WINDOWS");
    }

    private void action(InventoryRow row) {
        String cell = row.cell(Column.OPERATION);
        CellProblem fault =
                cell.isEmpty() || !Column.OPERATION.faults(cell, limits).isEmpty()
                        ? null
                        : Operations.check(cell, row.allowedOperations());
        if (fault != null) {
            findings.problem(row.line(), Column.OPERATION.label(), fault);
        }
        if (row.value(Column.OPERATION).equalsIgnoreCase("clone_test")
                && row.value(Column.TEMPLATE_ID).isEmpty()) {
            problem(row, Column.TEMPLATE_ID, "is empty, but clone_test needs it", "write the id of the template");
        }
    }

    private void problem(InventoryRow row, Column column, String what, String advice) {
        findings.problem(row.line(), column.label(), what, advice);
    }

    /** Reports a row with too few or too many cells; returns true when their number matches the header. */
    boolean hasHeaderSize(CsvRecord record) {
        int cells = record.cells().length;
        if (cells == header.size()) {
            return true;
        }
        findings.problem(
                record.line(),
                "row",
                "has " + cells + (cells == 1 ? " cell" : " cells") + " where the header has " + header.size(),
                cells < header.size()
                        ? "add the missing commas"
                        : "remove the surplus commas, or put a cell with a comma in quotes");
        return false;
    }
}
