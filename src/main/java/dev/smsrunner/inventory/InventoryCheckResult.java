package dev.smsrunner.inventory;

import java.util.List;

/**
 * The verdict on an inventory file.
 *
 * @param problems the first 100 problems in the order of their lines; empty when the file may be used
 * @param unlisted how many problems there are beyond the listed ones
 * @param warnings what was noticed but stops nothing
 * @param rows how many data rows the file has, faulty ones included
 * @param sha256 lower case hex digest of all bytes of the file; empty when it could not be read
 * @param header the column names in file order, known ones in their canonical spelling
 */
public record InventoryCheckResult(
        List<RowProblem> problems,
        int unlisted,
        List<RowWarning> warnings,
        int rows,
        String sha256,
        List<String> header) {

    public InventoryCheckResult {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        header = List.copyOf(header);
    }

    /** Whether nothing was found that forbids to use the file. */
    public boolean ok() {
        return problems.isEmpty();
    }

    /** How many problems there are, listed or not. */
    public int problemCount() {
        return problems.size() + unlisted;
    }
}
