package dev.smsrunner.drive;

import dev.smsrunner.inventory.ServerName;
import dev.smsrunner.ledger.Migration;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.sms.TaskState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The rows of the run as they are in the ledger, at hand; this process is the only one that changes them. */
final class Board {

    private final TreeMap<Integer, Migration> rows = new TreeMap<>();
    private final Map<String, List<Integer>> byName = new HashMap<>();
    private final Set<String> reachedBefore;
    private boolean paused;

    Board(Collection<Migration> all) {
        this(all, List.of());
    }

    /**
     * The rows of a run.
     *
     * @param reachedBefore names of servers that reached their goal in the runs that this one repeats
     */
    Board(Collection<Migration> all, Collection<String> reachedBefore) {
        all.forEach(this::put);
        all.forEach(row -> byName.computeIfAbsent(ServerName.key(row.serverName()), name -> new ArrayList<>(1))
                .add(row.row()));
        this.reachedBefore = reachedBefore.stream().map(ServerName::key).collect(Collectors.toSet());
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

    /** The rows of all servers of that name, in any spelling of it; empty when the run has none. */
    List<Migration> named(String serverName) {
        return byName.getOrDefault(ServerName.key(serverName), List.of()).stream()
                .map(rows::get)
                .toList();
    }

    /** Whether a server of that name reached its goal in a run that this one repeats. */
    boolean reachedBefore(String serverName) {
        return reachedBefore.contains(ServerName.key(serverName));
    }

    private static boolean takesPlace(Migration row) {
        boolean perhapsStarted = row.open() && row.call() != null && row.call().undecided(Operation.START);
        boolean waitsForRestart =
                row.nextAt() != null && TaskState.of(row.seen().taskState()).isFailure();
        return perhapsStarted || row.stage().underWay() && !waitsForRestart;
    }
}
