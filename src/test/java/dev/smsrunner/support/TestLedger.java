package dev.smsrunner.support;

import dev.smsrunner.database.Database;
import dev.smsrunner.database.DatabaseRetry;
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

/** A run in a real database, with its ledger, for tests that need rows to write about. */
public final class TestLedger implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Database database;
    private final ManualClock clock = new ManualClock();
    private final FencedRun owner;
    private final Ledger ledger;

    /** Begins a run in the database, which is closed together with the book. */
    public TestLedger(Database database) {
        this.database = database;
        this.owner = new FencedRun("20261121-2200-%04x".formatted(COUNT.incrementAndGet()), 1);
        new Runs(database.source(), clock).add(run(owner.runId(), clock.instant()), owner.token());
        this.ledger = ledgerOn(database.source());
    }

    /** A run as it begins. */
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

    /** Adds planned rows, numbered on, each with its cells. */
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

    /** Adds so many planned rows. */
    public List<LedgerRow> plan(int count) {
        var cells = new ArrayList<Map<String, String>>();
        for (int i = 0; i < count; i++) {
            cells.add(Map.of());
        }
        return plan(cells);
    }

    /** A ledger that reaches the tables through the given source, and does not wait for one that is away. */
    public Ledger ledgerOn(DataSource source) {
        return new Ledger(source, clock, new DatabaseRetry(Duration.ZERO, System::nanoTime, time -> {}));
    }

    /** Somebody else takes the run over. */
    public FencedRun takenBySomebodyElse() {
        return new Runs(database.source(), clock).claim(owner.runId(), owner.token() + 1);
    }

    /** The row as the database has it. */
    public LedgerRow row(int number) {
        return ledger.findAll(owner.runId()).get(number - 1);
    }

    /** Asks the database through a connection of its own, which sees only what is committed. */
    public List<Map<String, Object>> ask(String sql) {
        try (var connection = database.connect()) {
            return new JdbcTemplate(
                            new org.springframework.jdbc.datasource.SingleConnectionDataSource(connection, true))
                    .queryForList(sql);
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** How many transactions have written the run's ledger so far. */
    public long writes() {
        return ((Number) ask("select writes from run where run_id = '" + owner.runId() + "'")
                        .get(0)
                        .get("writes"))
                .longValue();
    }

    /** What happened in the run, without what the ledger tells of itself: that the run was added, claimed, got rows. */
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
