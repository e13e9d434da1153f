package dev.smsrunner.job.update;

import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.reconcile.DesiredRows;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Desired tasks as preflight read them: a later change of a JSON file does not affect a run that has started. */
final class DesiredTasks {

    private final IntFunction<@Nullable String> keptTexts;
    private final DesiredRows rows;
    private final Path directory;
    private final Map<Integer, DesiredTask> tasks = new HashMap<>();

    /**
     * @param keptTexts stored text of a row by its number, from preflight
     * @param directory base directory of the paths of JSON files, for rows without a stored text
     */
    DesiredTasks(IntFunction<@Nullable String> keptTexts, DesiredRows rows, Path directory) {
        this.keptTexts = keptTexts;
        this.rows = rows;
        this.directory = directory;
    }

    DesiredTask of(LedgerRow row) {
        return tasks.computeIfAbsent(row.row(), number -> {
            var text = keptTexts.apply(number);
            return text == null ? DesiredTask.parse(rows.of(row), directory) : DesiredTask.restore(text);
        });
    }
}
