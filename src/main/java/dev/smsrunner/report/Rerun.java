package dev.smsrunner.report;

import dev.smsrunner.inventory.DependencyRef;
import dev.smsrunner.inventory.ServerName;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.StoredInventoryLine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Selects what a rerun repeats: exactly the rows that failed, were rejected or stopped, or never came to an end. A dependency
 * that is met is left out of the rows. One on a server that ended in sync and was not launched names the server by its id, since
 * the rerun does not have it. One on a server that is repeated, or that nobody knows, stays.
 */
public final class Rerun {

    private static final String DEPENDS_ON = "depends_on";

    private final Map<String, List<ReportRow>> named = new HashMap<>();
    private final Set<Integer> rows;
    private final Set<String> reachedBefore;

    private Rerun(List<ReportRow> all, Collection<String> reachedBefore) {
        all.forEach(row -> named.computeIfAbsent(ServerName.key(row.row().serverName()), key -> new ArrayList<>(1))
                .add(row));
        this.rows = all.stream()
                .filter(ReportRow::toRepeat)
                .map(row -> row.row().row())
                .collect(Collectors.toSet());
        this.reachedBefore = reachedBefore.stream().map(ServerName::key).collect(Collectors.toSet());
    }

    /**
     * The rerun of a run as it stands.
     *
     * @param rows the ledger of the run
     * @param reachedBefore names of servers that reached their goal in the runs that the run itself repeats
     */
    public static Rerun of(Run run, List<LedgerRow> rows, Collection<String> reachedBefore) {
        return of(rows.stream().map(row -> ReportRow.of(run, row)).toList(), reachedBefore);
    }

    static Rerun of(List<ReportRow> rows, Collection<String> reachedBefore) {
        return new Rerun(rows, reachedBefore);
    }

    /** The rows to repeat, in the order of the given inventory and with the numbers they have there. */
    public List<StoredInventoryLine> lines(List<StoredInventoryLine> inventory) {
        return inventory.stream()
                .filter(line -> rows.contains(line.row()))
                .map(this::line)
                .toList();
    }

    /** The line without the dependencies that are met. */
    StoredInventoryLine line(StoredInventoryLine line) {
        var references = line.cells().get(DEPENDS_ON);
        if (references == null || references.isEmpty()) {
            return line;
        }
        var cells = new LinkedHashMap<>(line.cells());
        cells.put(
                DEPENDS_ON,
                DependencyRef.all(references).stream().flatMap(this::awaited).collect(Collectors.joining(";")));
        return new StoredInventoryLine(line.row(), line.line(), cells);
    }

    private Stream<String> awaited(DependencyRef reference) {
        var meant = named.getOrDefault(reference.key(), List.of());
        if (meant.isEmpty()) {
            return reachedBefore.contains(reference.key()) ? Stream.empty() : Stream.of(reference.text());
        }
        var repeated =
                meant.stream().anyMatch(ReportRow::toRepeat) ? Stream.of(reference.text()) : Stream.<String>empty();
        var inSync = meant.stream()
                .filter(row -> !row.toRepeat() && !hasReached(row, reference.level()))
                .map(row -> byId(row.row(), reference));
        return Stream.concat(repeated, inSync);
    }

    private static boolean hasReached(ReportRow row, DependencyRef.Level level) {
        return row.outcome() != Outcome.SYNCED || level == DependencyRef.Level.SYNCED;
    }

    private static String byId(LedgerRow row, DependencyRef reference) {
        boolean accepted = reference.level() == DependencyRef.Level.ACCEPTED;
        return "id:" + row.sourceId() + (accepted ? "" : "@" + reference.level().word());
    }
}
