package dev.smsrunner.dashboard;

import dev.smsrunner.cutover.Obstacle;
import dev.smsrunner.ledger.ApiSample;
import dev.smsrunner.ledger.Lease;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.ledger.RunVersion;
import dev.smsrunner.report.RunReport;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Immutable snapshot of a run.
 *
 * @param serial increases with every difference from the previous snapshot
 * @param event number of the last event that the snapshot includes
 * @param rows by number, in the order of the inventory
 * @param firstEvent number of the last event in the first snapshot of the run
 * @param lastEvents number of the latest event of each row, for events after the first snapshot
 * @param lastRunEvent number of the latest event of the run as a whole after the first snapshot
 * @param serials serial of the snapshot in which each row last changed
 * @param obstacles the obstacle of each waiting row, by row number
 */
@RecordBuilder
record RunSnapshot(
        long serial,
        long event,
        Instant at,
        Run run,
        RunVersion head,
        Optional<Lease> holder,
        SortedMap<Integer, LedgerRow> rows,
        long firstEvent,
        Map<Integer, Long> lastEvents,
        long lastRunEvent,
        Map<Integer, Long> serials,
        List<ApiSample> samples,
        Map<Integer, Obstacle> obstacles) {

    /** The state of the run; {@code INTERRUPTED} for a running one that no process works on. */
    String state() {
        return run.state() == RunState.RUNNING && holder.isEmpty()
                ? "INTERRUPTED"
                : run.state().name();
    }

    /** Whether a live process works on the run and can carry out requests. */
    boolean isActive() {
        return run.state() == RunState.RUNNING && holder.isPresent();
    }

    RunReport report() {
        return RunReport.of(run, rows.values(), obstacles);
    }

    /** The rows that may have changed since this event; all rows if the event precedes the first snapshot. */
    List<LedgerRow> rowsAfterEvent(long number) {
        return rows.values().stream()
                .filter(row -> number < firstEvent || lastEvents.getOrDefault(row.row(), -1L) >= number)
                .toList();
    }

    /** The rows that changed after the snapshot with this serial. */
    List<LedgerRow> rowsAfterSerial(long number) {
        return rows.values().stream()
                .filter(row -> serials.getOrDefault(row.row(), 0L) > number)
                .toList();
    }

    /** Whether the displayed data is the same, apart from the time. */
    boolean sameAs(RunSnapshot other) {
        return event == other.event
                && rows == other.rows
                && samples.size() == other.samples.size()
                && head.equals(other.head)
                && obstacles == other.obstacles
                && run.equals(other.run)
                && state().equals(other.state());
    }

    RunSnapshot withSerial(long number) {
        return RunSnapshotBuilder.builder(this).serial(number).build();
    }
}
