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
 * Selection of the rows that a rerun repeats: failed, rejected, stopped or open. A satisfied dependency is removed. A dependency
 * on a server in sync that was not launched uses the source id, since the rerun does not contain it. A dependency on a repeated
 * or unknown server stays.
 */
public final class Rerun {

    private static final String DEPENDS_ON = "depends_on";

    private final Map<String, List<ReportRow>> byName = new HashMap<>();
    private final Set<Integer> rows;
    private final Set<String> reachedBefore;

    private Rerun(List<ReportRow> all, Collection<String> reachedBefore) {
        all.forEach(row -> byName.computeIfAbsent(ServerName.key(row.row().serverName()), key -> new ArrayList<>(1))
                .add(row));
        this.rows = all.stream()
                .filter(ReportRow::needsRerun)
                .map(row -> row.row().row())
                .collect(Collectors.toSet());
        this.reachedBefore = reachedBefore.stream().map(ServerName::key).collect(Collectors.toSet());
    }

    /**
     * The rerun of a run in its current state.
     *
     * @param rows ledger rows of the run
     * @param reachedBefore names of servers that reached their goal in the runs before this rerun
     */
    public static Rerun of(Run run, List<LedgerRow> rows, Collection<String> reachedBefore) {
        return of(rows.stream().map(row -> ReportRow.of(run, row)).toList(), reachedBefore);
    }

    static Rerun of(List<ReportRow> rows, Collection<String> reachedBefore) {
        return new Rerun(rows, reachedBefore);
    }

    /** The lines to repeat, in the order and with the row numbers of the inventory. */
    public List<StoredInventoryLine> lines(List<StoredInventoryLine> inventory) {
        return inventory.stream()
                .filter(line -> rows.contains(line.row()))
                .map(this::line)
                .toList();
    }

    /** The line without its satisfied dependencies. */
    StoredInventoryLine line(StoredInventoryLine line) {
        var references = line.cells().get(DEPENDS_ON);
        if (references == null || references.isEmpty()) {
            return line;
        }
        var cells = new LinkedHashMap<>(line.cells());
        cells.put(
                DEPENDS_ON,
                DependencyRef.all(references).stream()
                        .flatMap(this::openReferences)
                        .collect(Collectors.joining(";")));
        return new StoredInventoryLine(line.row(), line.line(), cells);
    }

    private Stream<String> openReferences(DependencyRef reference) {
        var matches = byName.getOrDefault(reference.key(), List.of());
        if (matches.isEmpty()) {
            return reachedBefore.contains(reference.key()) ? Stream.empty() : Stream.of(reference.text());
        }
        var repeated =
                matches.stream().anyMatch(ReportRow::needsRerun) ? Stream.of(reference.text()) : Stream.<String>empty();
        var inSync = matches.stream()
                .filter(row -> !row.needsRerun() && !hasReached(row, reference.level()))
                .map(row -> byId(row.row(), reference));
        return Stream.concat(repeated, inSync);
    }

    private static boolean hasReached(ReportRow row, DependencyRef.Level level) {
        return row.outcome() != Outcome.SYNCED || level == DependencyRef.Level.SYNCED;
    }

    private static String byId(LedgerRow row, DependencyRef reference) {
        boolean accepted = reference.level() == DependencyRef.Level.ACCEPTED;
        return "id:" + row.sourceId() + (accepted ? "" : "@" + reference.level().label());
    }
}
