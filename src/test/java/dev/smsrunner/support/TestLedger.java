package dev.smsrunner.support;

import dev.smsrunner.database.Database;
import dev.smsrunner.database.DatabaseRetry;
import dev.smsrunner.ledger.Actor;
import dev.smsrunner.ledger.Event;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.ledger.StoredInventoryLine;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** A run with its ledger in a real database. */
public final class TestLedger implements AutoCloseable {

    /** Operator who began the run. */
    public static final Actor OPERATOR = new Actor("ops", "ops@ops-1");

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Database database;
    private final ManualClock clock = new ManualClock();
    private final FencedRun owner;
    private final Ledger ledger;

    /** Adds a run to the database. Closing the ledger closes the database. */
    public TestLedger(Database database) {
        this.database = database;
        this.owner = new FencedRun("20261121-2200-%04x".formatted(COUNT.incrementAndGet()), 1);
        new Runs(database.source(), clock).add(run(owner.runId(), clock.instant()), OPERATOR, owner.token());
        this.ledger = ledgerOn(database.source());
    }

    /** A new run. */
    public static Run run(String runId, Instant at) {
        return new Run(
                runId,
                "migrate",
                "key",
                Path.of("jobs/night.yaml"),
                "job: migrate\n",
                Map.of("limits.concurrent", "10"),
                Map.of("job", "migrate", "limits.concurrent", "10"),
                "5e77",
                Path.of("inventory.csv"),
                "1117",
                null,
                RunState.RUNNING,
                at,
                null,
                null,
                Path.of("reports", runId));
    }

    /** Adds planned rows with these cells and the next row numbers. */
    public List<LedgerRow> plan(List<Map<String, String>> cells) {
        int last = ledger.lastRow(owner.runId());
        var rows = new ArrayList<LedgerRow>();
        var lines = new ArrayList<StoredInventoryLine>();
        for (var cell : cells) {
            int number = ++last;
            var name = cell.getOrDefault("server_name", "server-" + number);
            var wave = cell.getOrDefault("wave_name", "wave-1");
            var parents = cell.containsKey("depends_on") ? List.of(cell.get("depends_on")) : List.<String>of();
            rows.add(LedgerRow.planned(owner.runId(), number, number + 1, name, wave, 1, parents, clock.instant()));
            lines.add(new StoredInventoryLine(number, number + 1, cell));
        }
        ledger.append(owner, rows, lines);
        return rows;
    }

    /** Adds this number of planned rows. */
    public List<LedgerRow> plan(int count) {
        var cells = new ArrayList<Map<String, String>>();
        for (int i = 0; i < count; i++) {
            cells.add(Map.of());
        }
        return plan(cells);
    }

    /** A ledger on the given data source without retries. */
    public Ledger ledgerOn(DataSource source) {
        return new Ledger(source, clock, new DatabaseRetry(Duration.ZERO, System::nanoTime, time -> {}));
    }

    /** Another process takes over the run. */
    public FencedRun takeOverByAnotherProcess() {
        return new Runs(database.source(), clock).claim(owner.runId(), owner.token() + 1);
    }

    /** The stored row. */
    public LedgerRow row(int number) {
        return ledger.findAll(owner.runId()).get(number - 1);
    }

    /** Queries the database through a separate connection, which reads only committed data. */
    public List<Map<String, Object>> query(String sql) {
        try (var connection = database.connect()) {
            return new JdbcTemplate(
                            new org.springframework.jdbc.datasource.SingleConnectionDataSource(connection, true))
                    .queryForList(sql);
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Number of transactions that have written the ledger of the run. */
    public long writes() {
        return ((Number) query("select writes from run where run_id = '" + owner.runId() + "'")
                        .get(0)
                        .get("writes"))
                .longValue();
    }

    /** Events of the run, without events of the ledger itself: run added, run claimed, intake of rows. */
    public List<Event> events() {
        return ledger.events(owner.runId()).stream()
                .filter(event -> event.kind() != EventKind.INTAKE)
                .filter(event -> event.kind() != EventKind.RUN
                        || !List.of("ADDED", "CLAIMED").contains(String.valueOf(event.after())))
                .toList();
    }

    public FencedRun owner() {
        return owner;
    }

    public String runId() {
        return owner.runId();
    }

    public Ledger ledger() {
        return ledger;
    }

    public ManualClock clock() {
        return clock;
    }

    public Database database() {
        return database;
    }

    @Override
    public void close() {
        database.close();
    }
}
