package dev.smsrunner.ledger;

import static dev.smsrunner.ledger.ColumnCodec.toInstant;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Repeated reads of a run: changes since the last read, and single rows. */
public final class RunReader {

    private final JdbcTemplate jdbc;
    private final LedgerRowTable rowTable;
    private final EarlierRuns earlier;

    /** Reads through the given connections. */
    public RunReader(DataSource database) {
        this.jdbc = new JdbcTemplate(database);
        this.rowTable = new LedgerRowTable(jdbc);
        this.earlier = new EarlierRuns(jdbc);
    }

    /** Version of the run; empty when no run has that id. */
    public Optional<RunVersion> findVersion(String runId) {
        return jdbc
                .query(
                        """
                        select last_event, writes, paused_at, strict,
                          (select count(*) from migration where migration.run_id = run.run_id) as row_count
                        from run where run_id = ?
                        """,
                        (at, index) -> new RunVersion(
                                at.getLong("last_event"),
                                at.getLong("writes"),
                                at.getInt("row_count"),
                                toInstant(at, "paused_at"),
                                at.getBoolean("strict")),
                        runId)
                .stream()
                .findFirst();
    }

    /** Operator controls in effect. */
    public ActiveControls activeControls(String runId) {
        return Controls.active(jdbc, runId, earlier);
    }

    /** All rows of the run, in the order of the inventory. */
    public List<LedgerRow> findAll(String runId) {
        return rowTable.findAll(runId);
    }

    /** Some rows of the run, in no particular order. */
    public List<LedgerRow> findByNumber(String runId, Collection<Integer> numbers) {
        return List.copyOf(rowTable.findByNumber(runId, List.copyOf(numbers)).values());
    }

    /** Rows that changed after that instant, in no particular order. */
    public List<LedgerRow> findChangedAfter(String runId, Instant instant) {
        return rowTable.findChangedAfter(runId, instant);
    }

    /** Events after the given number, in order. */
    public List<Event> eventsAfter(String runId, long number) {
        return jdbc.query(
                "select * from event where run_id = ? and event_no > ? order by event_no", Events::read, runId, number);
    }

    /** Events after the given number, in order, at most as many as {@code limit}. */
    public List<Event> eventsAfter(String runId, long number, int limit) {
        return jdbc.query(
                "select * from event where run_id = ? and event_no > ? order by event_no limit ?",
                Events::read,
                runId,
                number,
                limit);
    }

    /** Stage changes up to the given event number, in order. */
    public List<Event> stages(String runId, long upTo) {
        return jdbc.query(
                "select * from event where run_id = ? and kind = 'STAGE' and event_no <= ? order by event_no",
                Events::read,
                runId,
                upTo);
    }

    /** Events of one row, in order. */
    public List<Event> events(String runId, int row) {
        return jdbc.query(
                "select * from event where run_id = ? and row_no = ? order by event_no", Events::read, runId, row);
    }

    /** Mutating calls of one row, in order. */
    public List<Intent> intents(String runId, int row) {
        return jdbc.query(
                "select * from intent where run_id = ? and row_no = ? order by intended_at, operation, attempt",
                Intents::read,
                runId,
                row);
    }

    /** Inventory line of the row. */
    public Optional<StoredInventoryLine> inventory(String runId, int row) {
        return jdbc
                .query(
                        "select row_no, line_no, cells from inventory_row where run_id = ? and row_no = ?",
                        StoredInventoryLine::read,
                        runId,
                        row)
                .stream()
                .findFirst();
    }

    /** API statistics after that instant, oldest first. */
    public List<ApiSample> samplesAfter(String runId, Instant after) {
        return ApiSamples.after(jdbc, runId, after);
    }
}
