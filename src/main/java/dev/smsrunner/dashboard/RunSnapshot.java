package dev.smsrunner.dashboard;

import dev.smsrunner.cutover.Obstacle;
import dev.smsrunner.ledger.ApiSample;
import dev.smsrunner.ledger.Lease;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.ledger.RunVersion;
import dev.smsrunner.report.RunReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A run as it was at one look; not changed afterwards.
 *
 * @param serial grows whenever anything is different from the look before
 * @param event number of the last event that is contained
 * @param rows by number, in the order of the inventory
 * @param first number of the last event when the run was first looked at
 * @param touched number of the last event of each row that had one since
 * @param runTouched number of the last event about the run as a whole since
 * @param serials the serial of the look at which each row was found changed
 * @param obstacles what each open row waits for, by its number
 */
record RunSnapshot(
        long serial,
        long event,
        Instant at,
        Run run,
        RunVersion head,
        Optional<Lease> holder,
        SortedMap<Integer, LedgerRow> rows,
        long first,
        Map<Integer, Long> touched,
        long runTouched,
        Map<Integer, Long> serials,
        List<ApiSample> samples,
        Map<Integer, Obstacle> obstacles) {

    /** {@code INTERRUPTED} when nobody works on a run that is under way, else the state of the run. */
    String state() {
        return run.state() == RunState.RUNNING && holder.isEmpty()
                ? "INTERRUPTED"
                : run.state().name();
    }

    /** Whether a living process works on it, which would carry out what is asked. */
    boolean held() {
        return run.state() == RunState.RUNNING && holder.isPresent();
    }

    RunReport report() {
        return RunReport.of(run, rows.values(), obstacles);
    }

    /** The rows that may have changed since the event of that number; all of them when that is too long ago to know. */
    List<LedgerRow> touchedSince(long number) {
        return rows.values().stream()
                .filter(row -> number < first || touched.getOrDefault(row.row(), -1L) >= number)
                .toList();
    }

    /** The rows that changed after the look with that serial. */
    List<LedgerRow> changedAfter(long look) {
        return rows.values().stream()
                .filter(row -> serials.getOrDefault(row.row(), 0L) > look)
                .toList();
    }

    /** Whether nothing that is shown is different, apart from the time. */
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
        return new RunSnapshot(
                number, event, at, run, head, holder, rows, first, touched, runTouched, serials, samples, obstacles);
    }
}
