package dev.smsrunner.inventory;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks the files referenced by rows ({@code update_json} as {@code @path}), each only once. */
final class RowFiles {

    private static final int MAX_REMEMBERED = 1_000;

    private final @Nullable Path folder;
    private final CellLimits limits;
    private final Map<String, List<CellProblem>> problemsByValue = new HashMap<>();

    /** @param folder base directory of the paths; null leaves the files unchecked */
    RowFiles(@Nullable Path folder, CellLimits limits) {
        this.folder = folder;
        this.limits = limits;
    }

    void check(InventoryRow row, Header header, ProblemList findings) {
        if (header.has(Column.UPDATE_JSON)) {
            faults(Column.UPDATE_JSON.label(), row.cell(Column.UPDATE_JSON))
                    .forEach(fault -> findings.problem(row.line(), Column.UPDATE_JSON.label(), fault));
        }
    }

    /** Problems of the file that a value references; empty when it references none. */
    List<CellProblem> faults(String label, String value) {
        if (folder == null || !label.equals(Column.UPDATE_JSON.label()) || !value.startsWith("@")) {
            return List.of();
        }
        var faults = problemsByValue.get(value);
        if (faults == null) {
            faults = UpdateFields.file(folder, value, limits);
            if (problemsByValue.size() < MAX_REMEMBERED) {
                problemsByValue.put(value, faults);
            }
        }
        return faults;
    }
}
