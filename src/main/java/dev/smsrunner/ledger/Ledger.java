package dev.smsrunner.ledger;

import dev.smsrunner.database.DatabaseRetry;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads and writes the rows of a run. Every write is one transaction that first checks the fencing token: when it is no
 * longer the latest, nothing is written and {@link OwnershipLostException} is thrown. A database that is away is waited for
 * as {@link DatabaseRetry} says.
 */
public final class Ledger {

    private final JdbcTemplate jdbc;
    private final FencedTransaction fence;
    private final LedgerRowTable migrations;
    private final EarlierRuns earlier;
    private final Intents intents;
    private final Events events;
    private final Controls controls;
    private final DatabaseRetry outage;
    private final Clock clock;
    private final Consumer<LedgerWrite> committed;
    private final Consumer<Collection<LedgerRow>> looked;

    /** Works on the tables of the given database, which the migrations have created. */
    public Ledger(DataSource database, Clock clock, DatabaseRetry outage) {
        this(database, clock, outage, entry -> {});
    }

    /** The same, and tells the listener of every entry once it is committed. */
    public Ledger(DataSource database, Clock clock, DatabaseRetry outage, Consumer<LedgerWrite> committed) {
        this(database, clock, outage, committed, rows -> {});
    }

    /** The same, and tells another listener how far the copies are, whether that is written or not. */
    public Ledger(
            DataSource database,
            Clock clock,
            DatabaseRetry outage,
            Consumer<LedgerWrite> committed,
            Consumer<Collection<LedgerRow>> looked) {
        this.committed = committed;
        this.looked = looked;
        this.jdbc = new JdbcTemplate(database);
        this.fence = new FencedTransaction(database, outage);
        this.migrations = new LedgerRowTable(jdbc);
        this.earlier = new EarlierRuns(jdbc);
        this.intents = new Intents(jdbc);
        this.events = new Events(jdbc);
        this.controls = new Controls(database, clock);
        this.outage = outage;
        this.clock = clock;
    }

    /** Every row of the run, in the order of the inventory. */
    public List<LedgerRow> all(String runId) {
        return migrations.all(runId);
    }

    /** The rows that are not closed, in the order of the inventory. */
    public List<LedgerRow> open(String runId) {
        return migrations.open(runId);
    }

    /** The next rows in a stage after the given row number, at most {@code limit} of them. */
    public List<LedgerRow> after(String runId, Stage stage, int row, int limit) {
        return migrations.after(runId, stage, row, limit);
    }

    /**
     * Names, as written, of servers that reached their goal in the run that this one repeats, or in those before it; empty for
     * a first run.
     */
    public Set<String> reachedBefore(String runId) {
        return earlier.reachedBefore(runId);
    }

    /** The number of the last row in the ledger, 0 when there is none. */
    public int lastRow(String runId) {
        return migrations.lastRow(runId);
    }

    /** The mutating calls of the run, in the order of their intents. */
    public List<Intent> intents(String runId) {
        return intents.all(runId);
    }

    /** Whether that was found of the row before. */
    public boolean isFound(LedgerRow row, String what) {
        return outage.ride(() -> events.isFound(row, what));
    }

    /** The latest call of the row of that kind that is known to be in that state. */
    public Optional<Intent> lastCall(LedgerRow row, Operation operation, CallState state) {
        return outage.ride(() -> intents.last(row, operation, state));
    }

    /** The rows of which a call of that kind was carried out after their tasks became ready. */
    public Set<Integer> carriedOutSinceReady(String runId, Operation operation) {
        return outage.ride(() -> events.carriedOutSinceReady(runId, operation));
    }

    /** The calls of the run so far, of each row those since an operator reopened it last, in the order in which they were intended. */
    public List<Intent> intentsSinceRetry(String runId) {
        return outage.ride(() -> {
            var reopened = events.reopenedAt(runId);
            return intents.all(runId).stream()
                    .filter(call -> call.intendedAt().isAfter(reopened.getOrDefault(call.row(), Instant.MIN)))
                    .toList();
        });
    }

    /** How many calls of each row were refused since an operator reopened it last; rows without any are not in it. */
    public Map<Integer, Integer> refusals(String runId) {
        return outage.ride(() -> intents.refusals(runId));
    }

    /** How often something was written about the run so far. */
    public long writes(String runId) {
        var writes = jdbc.queryForObject("select writes from run where run_id = ?", Long.class, runId);
        return writes == null ? 0 : writes;
    }

    /** When the last event of the run happened; {@link Instant#EPOCH} when nothing happened yet. */
    public Instant lastEventAt(String runId) {
        var found = jdbc.query(
                "select max(happened_at) as at from event where run_id = ?",
                (at, index) -> Optional.ofNullable(ColumnCodec.toInstant(at, "at")),
                runId);
        return found.get(0).orElse(Instant.EPOCH);
    }

    /** What happened in the run, in order. */
    public List<Event> events(String runId) {
        return events.all(runId);
    }

    /** How the calls of the run went, in order; empty when nothing was sampled. */
    public List<ApiSample> apiSamples(String runId) {
        return ApiSamples.after(jdbc, runId, Instant.EPOCH);
    }

    /** The inventory as it was read, in its order. */
    public List<StoredInventoryLine> inventory(String runId) {
        return jdbc.query(
                "select row_no, line_no, cells from inventory_row where run_id = ? order by row_no",
                (at, index) -> new StoredInventoryLine(at.getInt(1), at.getInt(2), ColumnCodec.toMap(at.getString(3))),
                runId);
    }

    /** The cells of some rows, by row number. */
    public Map<Integer, StoredInventoryLine> inventory(String runId, int firstRow, int lastRow) {
        return jdbc
                .query(
                        "select row_no, line_no, cells from inventory_row where run_id = ? and row_no between ? and ?",
                        (at, index) ->
                                new StoredInventoryLine(at.getInt(1), at.getInt(2), ColumnCodec.toMap(at.getString(3))),
                        runId,
                        firstRow,
                        lastRow)
                .stream()
                .collect(Collectors.toMap(StoredInventoryLine::row, line -> line));
    }

    /** The layout that preflight kept for a row, as JSON; null when it kept none. */
    public @Nullable String layout(String runId, int row) {
        var found = jdbc.queryForList(
                "select layout from source_layout where run_id = ? and row_no = ?", String.class, runId, row);
        return found.isEmpty() ? null : found.get(0);
    }

    /** Puts rows of the inventory into the ledger, each with its cells. */
    public void append(FencedRun owner, List<LedgerRow> rows, List<StoredInventoryLine> lines) {
        var cells = new LinkedHashMap<Integer, String>();
        lines.forEach(line -> cells.put(line.row(), ColumnCodec.ofMap(line.cells())));
        fenced(owner, now -> {
            migrations.insert(rows);
            insertLines(owner, lines);
            return rows.isEmpty() ? List.of() : List.of(ChangeRecorder.intake(rows, cells));
        });
    }

    private void insertLines(FencedRun owner, List<StoredInventoryLine> lines) {
        jdbc.batchUpdate(
                "insert into inventory_row (run_id, row_no, line_no, cells) values (?, ?, ?, ?)",
                lines.stream()
                        .map(line ->
                                new Object[] {owner.runId(), line.row(), line.line(), ColumnCodec.ofMap(line.cells())})
                        .toList());
    }

    /** Writes what is known of some rows, what happened to them, and their intents. Nothing to write is fine. */
    public void write(FencedRun owner, List<LedgerWrite> entries) {
        write(owner, entries, Map.of());
    }

    /** The same, and keeps layouts (JSON, by row number) that preflight learned. */
    public void write(FencedRun owner, List<LedgerWrite> entries, Map<Integer, String> layouts) {
        write(owner, entries, layouts, List.of());
    }

    /**
     * The same, and writes how far the copies of other rows are; no event tells that.
     *
     * @param seen rows whose states are those of the ledger
     */
    public void writeProgress(FencedRun owner, List<LedgerWrite> entries, List<LedgerRow> seen) {
        write(owner, entries, Map.of(), seen);
    }

    /** Tells who follows the run how far the copies are; nothing is written. */
    public void looked(Collection<LedgerRow> rows) {
        looked.accept(rows);
    }

    private void write(FencedRun owner, List<LedgerWrite> entries, Map<Integer, String> layouts, List<LedgerRow> seen) {
        if (entries.isEmpty() && layouts.isEmpty() && seen.isEmpty()) {
            return;
        }
        fenced(owner, now -> {
            var noted = new ChangeRecorder(owner, migrations.some(owner.runId(), numbers(entries))).of(entries);
            migrations.update(entries.stream().map(LedgerWrite::row).toList());
            intents.save(owner, entries.stream().map(LedgerWrite::intent).filter(Objects::nonNull));
            keep(owner, layouts);
            migrations.progress(seen);
            return noted;
        });
        entries.forEach(committed);
    }

    /** What people asked of the run and nobody has answered yet, in order. */
    public List<Control> asked(String runId) {
        return outage.ride(() -> controls.asked(runId));
    }

    /** Since when new starts of the run wait, by the wish of a person; null when they do not. */
    public @Nullable Instant pausedAt(String runId) {
        return outage.ride(() -> controls.pausedAt(runId));
    }

    /** What people asked of the run and still holds. */
    public ActiveControls steering(String runId) {
        return outage.ride(() -> Controls.steering(jdbc, runId, earlier));
    }

    /**
     * Answers something that was asked: the answer, its event, the rows that changed by it, and what it means for the run as a
     * whole are one transaction.
     *
     * @param answer for people
     * @param entries the rows that changed by it, none when it was refused
     */
    public void answer(FencedRun owner, Control asked, Control.State state, String answer, List<LedgerWrite> entries) {
        fenced(owner, now -> {
            var meant =
                    state == Control.State.DONE ? controls.apply(owner, asked.action(), now) : Map.<String, Object>of();
            var noted = new ArrayList<EventRecord>();
            noted.add(EventRecord.ofControl(EventDraft.ofControl(asked, state, answer), meant));
            noted.addAll(new ChangeRecorder(owner, migrations.some(owner.runId(), numbers(entries))).of(entries));
            migrations.update(entries.stream().map(LedgerWrite::row).toList());
            controls.answer(asked, state, answer, now);
            return noted;
        });
        entries.forEach(committed);
    }

    /** Takes over an inventory that a person changed; the run has it from now on. */
    public void accept(FencedRun owner, InventoryEdit edit) {
        fenced(owner, now -> {
            var before = migrations.some(owner.runId(), numbers(edit.entries()));
            var noted = new ArrayList<>(new ChangeRecorder(owner, before).of(edit.entries()));
            var former = former(owner, edit, before);
            migrations.update(edit.entries().stream().map(LedgerWrite::row).toList());
            migrations.replan(edit.replanned());
            migrations.insert(edit.added());
            insertLines(owner, edit.addedLines());
            changeLines(owner, edit.changedLines());
            noted.addAll(intake(owner, edit, former));
            jdbc.update("update run set inventory_hash = ? where run_id = ?", edit.sha256(), owner.runId());
            noted.add(EventRecord.ofRun("INVENTORY ACCEPTED", null, Map.of("inventory_hash", edit.sha256())));
            return noted;
        });
    }

    /** What the inventory said of the rows that it changes: a launch is judged by what held when it was sent. */
    private Map<Integer, Map<String, @Nullable Object>> former(
            FencedRun owner, InventoryEdit edit, Map<Integer, LedgerRow> before) {
        var former = new TreeMap<Integer, Map<String, @Nullable Object>>();
        for (var line : edit.changedLines()) {
            var cells = jdbc.queryForObject(
                    "select cells from inventory_row where run_id = ? and row_no = ?",
                    String.class,
                    owner.runId(),
                    line.row());
            former.put(line.row(), LedgerRowTable.order(before.get(line.row()), Objects.requireNonNullElse(cells, "")));
        }
        return former;
    }

    /** Rows are recognised by what came in last for them. */
    private List<EventRecord> intake(
            FencedRun owner, InventoryEdit edit, Map<Integer, Map<String, @Nullable Object>> former) {
        var cells = new LinkedHashMap<Integer, String>();
        edit.addedLines().forEach(line -> cells.put(line.row(), ColumnCodec.ofMap(line.cells())));
        edit.changedLines().forEach(line -> cells.put(line.row(), ColumnCodec.ofMap(line.cells())));
        var rows = migrations.some(owner.runId(), List.copyOf(cells.keySet()));
        return rows.isEmpty() ? List.of() : List.of(ChangeRecorder.intake(List.copyOf(rows.values()), cells, former));
    }

    private void changeLines(FencedRun owner, List<StoredInventoryLine> lines) {
        jdbc.batchUpdate(
                "update inventory_row set cells = ? where run_id = ? and row_no = ?",
                lines.stream()
                        .map(line -> new Object[] {ColumnCodec.ofMap(line.cells()), owner.runId(), line.row()})
                        .toList());
    }

    /** Ends the run together with its last rows. */
    public void finish(FencedRun owner, List<LedgerWrite> entries, String why) {
        fenced(owner, now -> {
            var before = migrations.some(owner.runId(), numbers(entries));
            var noted = new ArrayList<>(new ChangeRecorder(owner, before).of(entries));
            migrations.update(entries.stream().map(LedgerWrite::row).toList());
            jdbc.update(
                    "update run set state = 'FINISHED', ended_at = ? where run_id = ?",
                    ColumnCodec.ofInstant(now),
                    owner.runId());
            noted.add(EventRecord.ofRun(
                    "ENDED",
                    why,
                    Map.of(
                            "state",
                            RunState.FINISHED.name(),
                            "ended_at",
                            now.truncatedTo(ChronoUnit.MICROS).toString())));
            return noted;
        });
        entries.forEach(committed);
    }

    /** Adds how the calls went; nothing when somebody else owns the run. */
    public void sample(FencedRun owner, ApiSample sample) {
        ApiSamples.add(jdbc, owner, sample);
    }

    /** Writes events about the run itself. */
    public void tell(FencedRun owner, EventDraft... drafts) {
        fenced(owner, now -> EventRecord.plain(List.of(drafts)));
    }

    /**
     * Calls that an earlier holder of the run had under way when it died are undecided from now on: whether they were executed
     * only an observation can tell. They may have left long after they were intended, up to the moment in which that process
     * died, so their grace begins now.
     *
     * @return how many there were
     */
    public int takeOver(FencedRun owner) {
        var found = new int[1];
        fenced(owner, now -> {
            var left = intents.open(owner.runId());
            found[0] = left.size();
            var rows = migrations.some(
                    owner.runId(), left.stream().map(Intent::row).toList());
            migrations.withOpenCall(owner.runId()).forEach(row -> rows.putIfAbsent(row.row(), row));
            var entries = ChangeRecorder.undecided(rows, left, now);
            var noted = new ChangeRecorder(owner, rows).of(entries);
            migrations.update(entries.stream().map(LedgerWrite::row).toList());
            intents.save(owner, entries.stream().map(LedgerWrite::intent).filter(Objects::nonNull));
            return noted;
        });
        return found[0];
    }

    private static List<Integer> numbers(List<LedgerWrite> entries) {
        return entries.stream().map(entry -> entry.row().row()).distinct().toList();
    }

    private void keep(FencedRun owner, Map<Integer, String> layouts) {
        var values = new ArrayList<Object[]>();
        layouts.forEach((row, layout) -> {
            jdbc.update("delete from source_layout where run_id = ? and row_no = ?", owner.runId(), row);
            values.add(new Object[] {owner.runId(), row, layout});
        });
        jdbc.batchUpdate("insert into source_layout (run_id, row_no, layout) values (?, ?, ?)", values);
    }

    /** Does the work in one transaction and adds the events that it tells of. */
    private void fenced(FencedRun owner, Function<Instant, List<EventRecord>> work) {
        Instant now = clock.instant();
        fence.write(owner, () -> events.append(owner.runId(), owner.token(), now, work.apply(now)));
    }
}
