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
    private final LedgerRowTable rowTable;
    private final EarlierRuns earlier;
    private final Intents intents;
    private final Events events;
    private final Controls controls;
    private final DatabaseRetry databaseRetry;
    private final Clock clock;
    private final Consumer<LedgerWrite> onCommit;
    private final Consumer<Collection<LedgerRow>> onProgress;

    /** Works on the tables of the given database, which the migrations have created. */
    public Ledger(DataSource database, Clock clock, DatabaseRetry databaseRetry) {
        this(database, clock, databaseRetry, write -> {});
    }

    /** The same, and tells the listener of every entry once it is committed. */
    public Ledger(DataSource database, Clock clock, DatabaseRetry databaseRetry, Consumer<LedgerWrite> onCommit) {
        this(database, clock, databaseRetry, onCommit, rows -> {});
    }

    /** The same, and tells another listener how far the copies are, whether that is written or not. */
    public Ledger(
            DataSource database,
            Clock clock,
            DatabaseRetry databaseRetry,
            Consumer<LedgerWrite> onCommit,
            Consumer<Collection<LedgerRow>> onProgress) {
        this.onCommit = onCommit;
        this.onProgress = onProgress;
        this.jdbc = new JdbcTemplate(database);
        this.fence = new FencedTransaction(database, databaseRetry);
        this.rowTable = new LedgerRowTable(jdbc);
        this.earlier = new EarlierRuns(jdbc);
        this.intents = new Intents(jdbc);
        this.events = new Events(jdbc);
        this.controls = new Controls(database, clock);
        this.databaseRetry = databaseRetry;
        this.clock = clock;
    }

    /** Every row of the run, in the order of the inventory. */
    public List<LedgerRow> findAll(String runId) {
        return rowTable.findAll(runId);
    }

    /** The rows that are not closed, in the order of the inventory. */
    public List<LedgerRow> findOpen(String runId) {
        return rowTable.findOpen(runId);
    }

    /** The next rows in a stage after the given row number, at most {@code limit} of them. */
    public List<LedgerRow> findAfter(String runId, Stage stage, int row, int limit) {
        return rowTable.findAfter(runId, stage, row, limit);
    }

    /**
     * Names, as written, of servers that reached their goal in the run that this one repeats, or in those before it; empty for
     * a first run.
     */
    public Set<String> serversReachedBefore(String runId) {
        return earlier.serversReachedBefore(runId);
    }

    /** The number of the last row in the ledger, 0 when there is none. */
    public int lastRow(String runId) {
        return rowTable.lastRow(runId);
    }

    /** The mutating calls of the run, in the order of their intents. */
    public List<Intent> intents(String runId) {
        return intents.findAll(runId);
    }

    /** Whether that was found of the row before. */
    public boolean hasFinding(LedgerRow row, String what) {
        return databaseRetry.execute(() -> events.hasFinding(row, what));
    }

    /** The latest call of the row of that kind that is known to be in that state. */
    public Optional<Intent> findLastCall(LedgerRow row, Operation operation, CallState state) {
        return databaseRetry.execute(() -> intents.findLast(row, operation, state));
    }

    /** The rows of which a call of that kind was carried out after their tasks became ready. */
    public Set<Integer> rowsWithCallSinceReady(String runId, Operation operation) {
        return databaseRetry.execute(() -> events.rowsWithCallSinceReady(runId, operation));
    }

    /** The calls of the run so far, of each row those since an operator reopened it last, in the order in which they were intended. */
    public List<Intent> intentsSinceRetry(String runId) {
        return databaseRetry.execute(() -> {
            var reopened = events.reopenTimes(runId);
            return intents.findAll(runId).stream()
                    .filter(call -> call.intendedAt().isAfter(reopened.getOrDefault(call.row(), Instant.MIN)))
                    .toList();
        });
    }

    /** How many calls of each row were refused since an operator reopened it last; rows without any are not in it. */
    public Map<Integer, Integer> refusalCounts(String runId) {
        return databaseRetry.execute(() -> intents.refusalCounts(runId));
    }

    /** How often something was written about the run so far. */
    public long writeCount(String runId) {
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
        return events.findAll(runId);
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
    public @Nullable String findLayout(String runId, int row) {
        var found = jdbc.queryForList(
                "select layout from source_layout where run_id = ? and row_no = ?", String.class, runId, row);
        return found.isEmpty() ? null : found.get(0);
    }

    /** Puts rows of the inventory into the ledger, each with its cells. */
    public void append(FencedRun owner, List<LedgerRow> rows, List<StoredInventoryLine> lines) {
        var cells = new LinkedHashMap<Integer, String>();
        lines.forEach(line -> cells.put(line.row(), ColumnCodec.ofMap(line.cells())));
        writeFenced(owner, now -> {
            rowTable.insert(rows);
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
    public void write(FencedRun owner, List<LedgerWrite> writes) {
        write(owner, writes, Map.of());
    }

    /** The same, and keeps layouts (JSON, by row number) that preflight learned. */
    public void write(FencedRun owner, List<LedgerWrite> writes, Map<Integer, String> layouts) {
        write(owner, writes, layouts, List.of());
    }

    /**
     * The same, and writes how far the copies of other rows are; no event tells that.
     *
     * @param observed rows whose states are those of the ledger
     */
    public void writeProgress(FencedRun owner, List<LedgerWrite> writes, List<LedgerRow> observed) {
        write(owner, writes, Map.of(), observed);
    }

    /** Tells who follows the run how far the copies are; nothing is written. */
    public void reportProgress(Collection<LedgerRow> rows) {
        onProgress.accept(rows);
    }

    private void write(
            FencedRun owner, List<LedgerWrite> writes, Map<Integer, String> layouts, List<LedgerRow> observed) {
        if (writes.isEmpty() && layouts.isEmpty() && observed.isEmpty()) {
            return;
        }
        writeFenced(owner, now -> {
            var records =
                    new ChangeRecorder(owner, rowTable.findByNumber(owner.runId(), numbers(writes))).recordsOf(writes);
            rowTable.update(writes.stream().map(LedgerWrite::row).toList());
            intents.save(owner, writes.stream().map(LedgerWrite::intent).filter(Objects::nonNull));
            keepLayouts(owner, layouts);
            rowTable.updateProgress(observed);
            return records;
        });
        writes.forEach(onCommit);
    }

    /** What people asked of the run and nobody has answered yet, in order. */
    public List<Control> pendingControls(String runId) {
        return databaseRetry.execute(() -> controls.findPending(runId));
    }

    /** Since when new starts of the run wait, by the wish of a person; null when they do not. */
    public @Nullable Instant pausedAt(String runId) {
        return databaseRetry.execute(() -> controls.pausedAt(runId));
    }

    /** What people asked of the run and still holds. */
    public ActiveControls activeControls(String runId) {
        return databaseRetry.execute(() -> Controls.active(jdbc, runId, earlier));
    }

    /**
     * Answers something that was asked: the answer, its event, the rows that changed by it, and what it means for the run as a
     * whole are one transaction.
     *
     * @param answer for people
     * @param writes the rows that changed by it, none when it was refused
     */
    public void answerControl(
            FencedRun owner, Control control, Control.State state, String answer, List<LedgerWrite> writes) {
        writeFenced(owner, now -> {
            var changes = state == Control.State.DONE
                    ? controls.apply(owner, control.action(), now)
                    : Map.<String, Object>of();
            var records = new ArrayList<EventRecord>();
            records.add(EventRecord.ofControl(EventDraft.ofControl(control, state, answer), changes));
            records.addAll(
                    new ChangeRecorder(owner, rowTable.findByNumber(owner.runId(), numbers(writes))).recordsOf(writes));
            rowTable.update(writes.stream().map(LedgerWrite::row).toList());
            controls.saveAnswer(control, state, answer, now);
            return records;
        });
        writes.forEach(onCommit);
    }

    /** Takes over an inventory that a person changed; the run has it from now on. */
    public void acceptInventory(FencedRun owner, InventoryEdit edit) {
        writeFenced(owner, now -> {
            var before = rowTable.findByNumber(owner.runId(), numbers(edit.entries()));
            var records = new ArrayList<>(new ChangeRecorder(owner, before).recordsOf(edit.entries()));
            var former = formerOrder(owner, edit, before);
            rowTable.update(edit.entries().stream().map(LedgerWrite::row).toList());
            rowTable.replan(edit.replanned());
            rowTable.insert(edit.added());
            insertLines(owner, edit.addedLines());
            changeLines(owner, edit.changedLines());
            records.addAll(intake(owner, edit, former));
            jdbc.update("update run set inventory_hash = ? where run_id = ?", edit.sha256(), owner.runId());
            records.add(EventRecord.ofRun("INVENTORY ACCEPTED", null, Map.of("inventory_hash", edit.sha256())));
            return records;
        });
    }

    /** What the inventory said of the rows that it changes: a launch is judged by what held when it was sent. */
    private Map<Integer, Map<String, @Nullable Object>> formerOrder(
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
        var rows = rowTable.findByNumber(owner.runId(), List.copyOf(cells.keySet()));
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
    public void finish(FencedRun owner, List<LedgerWrite> writes, String why) {
        writeFenced(owner, now -> {
            var before = rowTable.findByNumber(owner.runId(), numbers(writes));
            var records = new ArrayList<>(new ChangeRecorder(owner, before).recordsOf(writes));
            rowTable.update(writes.stream().map(LedgerWrite::row).toList());
            jdbc.update(
                    "update run set state = 'FINISHED', ended_at = ? where run_id = ?",
                    ColumnCodec.ofInstant(now),
                    owner.runId());
            records.add(EventRecord.ofRun(
                    "ENDED",
                    why,
                    Map.of(
                            "state",
                            RunState.FINISHED.name(),
                            "ended_at",
                            now.truncatedTo(ChronoUnit.MICROS).toString())));
            return records;
        });
        writes.forEach(onCommit);
    }

    /** Adds how the calls went; nothing when somebody else owns the run. */
    public void addApiSample(FencedRun owner, ApiSample sample) {
        ApiSamples.add(jdbc, owner, sample);
    }

    /** Writes events about the run itself. */
    public void appendRunEvents(FencedRun owner, EventDraft... drafts) {
        writeFenced(owner, now -> EventRecord.plain(List.of(drafts)));
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
        writeFenced(owner, now -> {
            var openIntents = intents.findOpen(owner.runId());
            found[0] = openIntents.size();
            var rows = rowTable.findByNumber(
                    owner.runId(), openIntents.stream().map(Intent::row).toList());
            rowTable.findWithOpenCall(owner.runId()).forEach(row -> rows.putIfAbsent(row.row(), row));
            var writes = ChangeRecorder.markUndecided(rows, openIntents, now);
            var records = new ChangeRecorder(owner, rows).recordsOf(writes);
            rowTable.update(writes.stream().map(LedgerWrite::row).toList());
            intents.save(owner, writes.stream().map(LedgerWrite::intent).filter(Objects::nonNull));
            return records;
        });
        return found[0];
    }

    private static List<Integer> numbers(List<LedgerWrite> writes) {
        return writes.stream().map(write -> write.row().row()).distinct().toList();
    }

    private void keepLayouts(FencedRun owner, Map<Integer, String> layouts) {
        var values = new ArrayList<Object[]>();
        layouts.forEach((row, layout) -> {
            jdbc.update("delete from source_layout where run_id = ? and row_no = ?", owner.runId(), row);
            values.add(new Object[] {owner.runId(), row, layout});
        });
        jdbc.batchUpdate("insert into source_layout (run_id, row_no, layout) values (?, ?, ?)", values);
    }

    /** Does the work in one transaction and adds the events that it tells of. */
    private void writeFenced(FencedRun owner, Function<Instant, List<EventRecord>> work) {
        Instant now = clock.instant();
        fence.write(owner, () -> events.append(owner.runId(), owner.token(), now, work.apply(now)));
    }
}
