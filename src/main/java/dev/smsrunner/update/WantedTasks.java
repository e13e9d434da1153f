package dev.smsrunner.update;

import dev.smsrunner.drive.WantedRows;
import dev.smsrunner.ledger.Migration;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What each row wants its task to be, as preflight read it: a JSON file that has changed since then changes nothing in a run that has
 * begun.
 */
final class WantedTasks {

    private final IntFunction<@Nullable String> kept;
    private final WantedRows rows;
    private final Path directory;
    private final Map<Integer, WantedTask> read = new HashMap<>();

    /**
     * @param kept what preflight kept of a row, by its number
     * @param directory where the paths of JSON files begin, for rows of which nothing was kept
     */
    WantedTasks(IntFunction<@Nullable String> kept, WantedRows rows, Path directory) {
        this.kept = kept;
        this.rows = rows;
        this.directory = directory;
    }

    WantedTask of(Migration row) {
        return read.computeIfAbsent(row.row(), number -> {
            var text = kept.apply(number);
            return text == null ? WantedTask.of(rows.of(row), directory) : WantedTask.read(text);
        });
    }
}
