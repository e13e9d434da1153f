package dev.smsrunner.inventory;

import java.util.List;

/**
 * Result of the check of an inventory file.
 *
 * @param problems first 100 problems in the order of their lines; empty when the file is valid
 * @param unlisted number of problems beyond the listed ones
 * @param warnings warnings, which do not prevent a run
 * @param notes sentences on how the runner reads the file: its separator and the columns taken under another name
 * @param rows number of data rows, including faulty rows
 * @param sha256 lower case hex digest of all bytes of the file; empty when it could not be read
 * @param header the column names in file order, known ones in their canonical spelling
 * @param leftOut names of the header, as written, that the mapping leaves out
 */
public record InventoryCheckResult(
        List<RowProblem> problems,
        int unlisted,
        List<RowWarning> warnings,
        List<String> notes,
        int rows,
        String sha256,
        List<String> header,
        List<String> leftOut) {

    public InventoryCheckResult {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        notes = List.copyOf(notes);
        header = List.copyOf(header);
        leftOut = List.copyOf(leftOut);
    }

    /** Whether the file is valid. */
    public boolean ok() {
        return problems.isEmpty();
    }

    /** Number of all problems. */
    public int problemCount() {
        return problems.size() + unlisted;
    }
}
