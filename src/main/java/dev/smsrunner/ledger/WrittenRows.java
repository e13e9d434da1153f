package dev.smsrunner.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a run as this process last wrote them. While a process holds the fencing token, no other process can change them. So the
 * state before a write need not be read again. Used by the one thread that writes rows.
 */
final class WrittenRows {

    private final Map<Integer, LedgerRow> rows = new HashMap<>();
    private @Nullable FencedRun owner;

    /**
     * Stored rows with these numbers; rows that the table lacks are left out.
     *
     * @param read reads the rows that are not known from the table
     */
    Map<Integer, LedgerRow> find(
            FencedRun writer, List<Integer> numbers, Function<List<Integer>, Map<Integer, LedgerRow>> read) {
        if (!writer.equals(owner)) {
            clear();
            owner = writer;
        }
        var unknown =
                numbers.stream().filter(number -> !rows.containsKey(number)).toList();
        if (!unknown.isEmpty()) {
            rows.putAll(read.apply(unknown));
        }
        var found = new HashMap<Integer, LedgerRow>();
        numbers.stream().filter(rows::containsKey).forEach(number -> found.put(number, rows.get(number)));
        return found;
    }

    /** Records committed writes. */
    void commit(FencedRun writer, List<LedgerWrite> writes) {
        if (writer.equals(owner)) {
            writes.forEach(write -> rows.put(write.row().row(), write.row()));
        }
    }

    /** Forgets all rows, when it is unknown what the table contains. */
    void clear() {
        rows.clear();
    }
}
