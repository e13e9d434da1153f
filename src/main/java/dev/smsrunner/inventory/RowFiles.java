package dev.smsrunner.inventory;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks the files that rows name ({@code update_json} as {@code @path}), each once however many rows name it. */
final class RowFiles {

    private static final int MOST_KNOWN = 1_000;

    private final @Nullable Path folder;
    private final CellLimits limits;
    private final Map<String, List<CellProblem>> known = new HashMap<>();

    /** @param folder where the paths begin; null leaves the files unchecked */
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

    /** What is wrong with the file that a value names; nothing when it names none. */
    List<CellProblem> faults(String label, String value) {
        if (folder == null || !label.equals(Column.UPDATE_JSON.label()) || !value.startsWith("@")) {
            return List.of();
        }
        var faults = known.get(value);
        if (faults == null) {
            faults = UpdateFields.file(folder, value, limits);
            if (known.size() < MOST_KNOWN) {
                known.put(value, faults);
            }
        }
        return faults;
    }
}
