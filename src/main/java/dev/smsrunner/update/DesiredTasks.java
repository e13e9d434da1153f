package dev.smsrunner.update;

import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.reconcile.DesiredRows;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What each row wants its task to be, as preflight read it: a JSON file that has changed since then changes nothing in a run that has
 * begun.
 */
final class DesiredTasks {

    private final IntFunction<@Nullable String> kept;
    private final DesiredRows rows;
    private final Path directory;
    private final Map<Integer, DesiredTask> read = new HashMap<>();

    /**
     * @param kept what preflight kept of a row, by its number
     * @param directory where the paths of JSON files begin, for rows of which nothing was kept
     */
    DesiredTasks(IntFunction<@Nullable String> kept, DesiredRows rows, Path directory) {
        this.kept = kept;
        this.rows = rows;
        this.directory = directory;
    }

    DesiredTask of(LedgerRow row) {
        return read.computeIfAbsent(row.row(), number -> {
            var text = kept.apply(number);
            return text == null ? DesiredTask.of(rows.of(row), directory) : DesiredTask.read(text);
        });
    }
}
