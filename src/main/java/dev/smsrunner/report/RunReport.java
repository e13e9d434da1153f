package dev.smsrunner.report;

import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.cutover.CutoverSnapshot;
import dev.smsrunner.cutover.Obstacle;
import dev.smsrunner.cutover.WaitingReasons;
import dev.smsrunner.ledger.ActiveControls;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.StageCounts;
import dev.smsrunner.ledger.StoredInventoryLine;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Report view of a run.
 *
 * @param rows one per inventory row, in its order
 */
public record RunReport(Run run, List<ReportRow> rows) {

    private static final int BLOCK = 500;

    /** Reads the rows of the run with their obstacles as of the last event, so that equal ledgers give equal reports. */
    public static RunReport of(Run run, Ledger ledger) {
        return of(run, ledger, ledger.lastEventAt(run.runId()));
    }

    /** Reads the rows of the run with their obstacles at this instant. */
    public static RunReport of(Run run, Ledger ledger, Instant at) {
        return of(run, ledger.findAll(run.runId()), ledger.activeControls(run.runId()), at);
    }

    /** Builds the report from rows, with their obstacles at this instant. */
    public static RunReport of(Run run, Collection<LedgerRow> rows, ActiveControls controls, Instant at) {
        return of(run, new CutoverSnapshot(rows, CutoverPlan.fromSettings(run.settings()), controls), at);
    }

    /** Builds the report from a snapshot of the run, with the obstacles at this instant. */
    public static RunReport of(Run run, CutoverSnapshot snapshot, Instant at) {
        return of(run, snapshot.rows(), WaitingReasons.of(snapshot, at));
    }

    /** Builds the report from rows and their obstacles by row number. */
    public static RunReport of(Run run, Collection<LedgerRow> rows, Map<Integer, Obstacle> obstacles) {
        return new RunReport(
                run,
                rows.stream()
                        .map(row -> ReportRow.of(run, row, obstacles.get(row.row())))
                        .toList());
    }

    /** The obstacles of the open rows by row number. */
    public Map<Integer, Obstacle> obstacles() {
        var obstacles = new TreeMap<Integer, Obstacle>();
        rows.forEach(row -> {
            if (row.obstacle() != null) {
                obstacles.put(row.row().row(), row.obstacle());
            }
        });
        return obstacles;
    }

    /** The counts of the run. */
    public Summary summary() {
        return Summary.of(run, rows);
    }

    /** The counts by wave and stage. */
    public StageCounts stageCounts() {
        return StageCounts.of(rows.stream().map(ReportRow::row).toList());
    }

    /** The failures by cause, the most frequent first. */
    public List<Cause> failures() {
        return Cause.of(rows);
    }

    /** The rows that need attention: open ones, and ended ones with a difference. */
    public List<LedgerRow> attention() {
        return rows.stream()
                .map(ReportRow::row)
                .filter(row -> row.attention() != null)
                .toList();
    }

    /** The inventory columns in order. */
    List<String> inventoryColumns(Ledger ledger) {
        var columns = new LinkedHashSet<String>();
        withCells(ledger, (row, line) -> columns.addAll(line.cells().keySet()));
        return List.copyOf(columns);
    }

    /** Visits each row with its cells, reading the inventory in blocks to limit memory. */
    void withCells(Ledger ledger, BiConsumer<ReportRow, StoredInventoryLine> visitor) {
        for (int from = 0; from < rows.size(); from += BLOCK) {
            var block = rows.subList(from, Math.min(rows.size(), from + BLOCK));
            var lines = ledger.inventory(run.runId(), number(block.get(0)), number(block.get(block.size() - 1)));
            block.forEach(row -> visitor.accept(row, line(lines, row)));
        }
    }

    private static StoredInventoryLine line(Map<Integer, StoredInventoryLine> lines, ReportRow row) {
        var ledgerRow = row.row();
        return lines.getOrDefault(
                ledgerRow.row(), new StoredInventoryLine(ledgerRow.row(), ledgerRow.line(), Map.of()));
    }

    private static int number(ReportRow row) {
        return row.row().row();
    }
}
