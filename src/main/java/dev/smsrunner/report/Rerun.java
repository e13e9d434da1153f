package dev.smsrunner.report;

import dev.smsrunner.inventory.ServerName;
import dev.smsrunner.ledger.InventoryLine;
import dev.smsrunner.ledger.Migration;
import dev.smsrunner.ledger.Run;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Selects what a rerun repeats: exactly the rows that failed, were rejected or stopped, or never came to an end. A dependency
 * on a server that reached its goal is met and is left out of the rows; one on a server that is repeated, or that nobody
 * knows, stays.
 */
public final class Rerun {

    private static final String DEPENDS_ON = "depends_on";

    private final Set<Integer> rows;
    private final Set<String> repeated;
    private final Set<String> reached;

    private Rerun(List<ReportRow> all, Collection<String> reachedBefore) {
        this.rows = all.stream()
                .filter(ReportRow::toRepeat)
                .map(row -> row.row().row())
                .collect(Collectors.toSet());
        this.repeated = all.stream().filter(ReportRow::toRepeat).map(Rerun::key).collect(Collectors.toSet());
        this.reached = Stream.concat(
                        all.stream().filter(row -> !row.toRepeat()).map(Rerun::key),
                        reachedBefore.stream().map(ServerName::key))
                .collect(Collectors.toSet());
    }

    /**
     * The rerun of a run as it stands.
     *
     * @param rows the ledger of the run
     * @param reachedBefore names of servers that reached their goal in the runs that the run itself repeats
     */
    public static Rerun of(Run run, List<Migration> rows, Collection<String> reachedBefore) {
        return of(rows.stream().map(row -> ReportRow.of(run, row)).toList(), reachedBefore);
    }

    static Rerun of(List<ReportRow> rows, Collection<String> reachedBefore) {
        return new Rerun(rows, reachedBefore);
    }

    /** The rows to repeat, in the order of the given inventory and with the numbers they have there. */
    public List<InventoryLine> lines(List<InventoryLine> inventory) {
        return inventory.stream()
                .filter(line -> rows.contains(line.row()))
                .map(this::line)
                .toList();
    }

    /** The line without the dependencies that are met. */
    InventoryLine line(InventoryLine line) {
        var names = line.cells().get(DEPENDS_ON);
        if (names == null || names.isEmpty()) {
            return line;
        }
        var cells = new LinkedHashMap<>(line.cells());
        cells.put(
                DEPENDS_ON,
                ServerName.list(names).stream().filter(this::isAwaited).collect(Collectors.joining(";")));
        return new InventoryLine(line.row(), line.line(), cells);
    }

    private boolean isAwaited(String name) {
        var key = ServerName.key(name);
        return repeated.contains(key) || !reached.contains(key);
    }

    private static String key(ReportRow row) {
        return ServerName.key(row.row().serverName());
    }
}
