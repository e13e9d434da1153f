package dev.smsrunner.drive;

import dev.smsrunner.ledger.Migration;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.sms.TaskState;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows of the run as they are in the ledger, at hand; this process is the only one that changes them. */
final class Board {

    private final TreeMap<Integer, Migration> rows = new TreeMap<>();
    private final Map<String, Integer> byName = new HashMap<>();
    private boolean paused;

    Board(Collection<Migration> all) {
        all.forEach(this::put);
        all.forEach(row -> byName.put(key(row.serverName()), row.row()));
    }

    void put(Migration row) {
        rows.put(row.row(), row);
    }

    Migration get(int row) {
        return rows.get(row);
    }

    /** Whether a person wants nothing new to be begun. */
    boolean paused() {
        return paused;
    }

    void pause(boolean wanted) {
        paused = wanted;
    }

    Collection<Migration> all() {
        return rows.values();
    }

    List<Migration> open() {
        return rows.values().stream().filter(Migration::open).toList();
    }

    /**
     * How many servers take one of the places of the account. One that may have been started counts. One that failed and is to
     * be started again does not: otherwise, when all places are taken by such servers, none would ever be started.
     *
     * @param toStart rows that are to be started now
     */
    long placesTaken(Collection<Integer> toStart) {
        var starting = new HashSet<>(toStart);
        return rows.values().stream()
                .filter(row -> !starting.contains(row.row()))
                .filter(Board::takesPlace)
                .count();
    }

    /** The row of a server by its name in the inventory; null when the run has none of that name. */
    @Nullable
    Migration named(String serverName) {
        var row = byName.get(key(serverName));
        return row == null ? null : rows.get(row);
    }

    private static boolean takesPlace(Migration row) {
        boolean perhapsStarted = row.open() && row.call() != null && row.call().undecided(Operation.START);
        boolean waitsForRestart =
                row.nextAt() != null && TaskState.of(row.seen().taskState()).isFailure();
        return perhapsStarted || row.stage().underWay() && !waitsForRestart;
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
