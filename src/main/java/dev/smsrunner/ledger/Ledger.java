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
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads and writes the rows of a run. Every write is one transaction that first checks the fencing token. When the token is
 * outdated, nothing is written and {@link OwnershipLostException} is thrown. {@link DatabaseRetry} waits for an unreachable
 * database.
 */
public final class Ledger {

    private final JdbcTemplate jdbc;
    private final FencedTransaction fence;
    private final LedgerRowTable rowTable;
    private final WrittenRows writtenRows = new WrittenRows();
    private final EarlierRuns earlier;
    private final Intents intents;
    private final Events events;
    private final Controls controls;
    private final GateTable gates;
    private final DatabaseRetry databaseRetry;
    private final Clock clock;
    private final Consumer<LedgerWrite> onCommit;
    private final Consumer<Collection<LedgerRow>> onProgress;
    private final Consumer<GateDecision> onGate;

    /** Uses the tables of the given database. */
    public Ledger(DataSource database, Clock clock, DatabaseRetry databaseRetry) {
        this(database, clock, databaseRetry, write -> {}, rows -> {});
    }

    /**
     * Ledger with listeners.
     *
     * @param onCommit receives every committed write
     * @param onProgress receives the progress of copies, whether written or not
     */
    public Ledger(
            DataSource database,
            Clock clock,
            DatabaseRetry databaseRetry,
            Consumer<LedgerWrite> onCommit,
            Consumer<Collection<LedgerRow>> onProgress) {
        this(database, clock, databaseRetry, onCommit, onProgress, decision -> {});
    }

    /**
     * Ledger with all listeners.
     *
     * @param onGate receives every committed decision about a gate
     */
    public Ledger(
            DataSource database,
            Clock clock,
            DatabaseRetry databaseRetry,
            Consumer<LedgerWrite> onCommit,
            Consumer<Collection<LedgerRow>> onProgress,
            Consumer<GateDecision> onGate) {
        this.onGate = onGate;
        this.onCommit = onCommit;
        this.onProgress = onProgress;
        this.jdbc = new JdbcTemplate(database);
        this.fence = new FencedTransaction(database, databaseRetry);
        this.rowTable = new LedgerRowTable(jdbc);
        this.earlier = new EarlierRuns(jdbc);
        this.intents = new Intents(jdbc);
        this.events = new Events(jdbc);
        this.controls = new Controls(database, clock);
        this.gates = new GateTable(jdbc);
        this.databaseRetry = databaseRetry;
        this.clock = clock;
    }

    /** All rows of the run, in the order of the inventory. */
    public List<LedgerRow> findAll(String runId) {
        return rowTable.findAll(runId);
    }

    /** Open rows, in the order of the inventory. */
    public List<LedgerRow> findOpen(String runId) {
        return rowTable.findOpen(runId);
    }

    /** Rows with these numbers, in this order; missing rows are left out. */
    public List<LedgerRow> find(String runId, List<Integer> numbers) {
        var found = rowTable.findByNumber(runId, numbers);
        return numbers.stream().map(found::get).filter(Objects::nonNull).toList();
    }

    /** Next rows in a stage after the given row number, at most {@code limit}. */
    public List<LedgerRow> findAfter(String runId, Stage stage, int row, int limit) {
        return rowTable.findAfter(runId, stage, row, limit);
    }

    /**
     * Names, as in the inventory, of servers that reached their goal in the runs that this run repeats; empty for a first
     * run.
     */
    public Set<String> serversReachedBefore(String runId) {
        return earlier.serversReachedBefore(runId);
    }

    /** What all runs of the database did to source servers. */
    public SourceHistory sourceHistory() {
        return databaseRetry.execute(() -> SourceHistory.read(jdbc));
    }

    /** Number of the last row in the ledger, 0 when there is none. */
    public int lastRow(String runId) {
        return rowTable.lastRow(runId);
    }

    /** Mutating calls of the run, in the order of their intents. */
    public List<Intent> intents(String runId) {
        return intents.findAll(runId);
    }

    /** Edges of cutover windows that have an event: {@code WINDOW_OPEN fri}; without a name {@code WINDOW_OPEN }. */
    public Set<String> windowEdges(String runId) {
        return databaseRetry.execute(() -> events.windowEdges(runId));
    }

    /** Whether the finding is already recorded for the row. */
    public boolean hasFinding(LedgerRow row, String what) {
        return databaseRetry.execute(() -> events.hasFinding(row, what));
    }

    /** Latest call of the row with that operation and state. */
    public Optional<Intent> findLastCall(LedgerRow row, Operation operation, CallState state) {
        return databaseRetry.execute(() -> intents.findLast(row, operation, state));
    }

    /** Whether an executed call of the row with that operation is recorded. */
    public boolean hasExecutedCall(LedgerRow row, Operation operation) {
        return Stream.of(CallState.DONE, CallState.SEEN)
                .anyMatch(state -> findLastCall(row, operation, state).isPresent());
    }

    /** Rows with an executed call of that operation after their tasks became ready. */
    public Set<Integer> rowsWithCallSinceReady(String runId, Operation operation) {
        return databaseRetry.execute(() -> events.rowsWithCallSinceReady(runId, operation));
    }

    /** Calls of the run in the order of their intents; for each row only calls since its latest reopening by an operator. */
    public List<Intent> intentsSinceRetry(String runId) {
        return databaseRetry.execute(() -> {
            var reopened = events.reopenTimes(runId);
            return intents.findAll(runId).stream()
                    .filter(call -> call.intendedAt().isAfter(reopened.getOrDefault(call.row(), Instant.MIN)))
                    .toList();
        });
    }

    /** Number of refused calls of each row since its latest reopening by an operator; rows without any have no entry. */
    public Map<Integer, Integer> refusalCounts(String runId) {
        return databaseRetry.execute(() -> intents.refusalCounts(runId));
    }

    /** Number of writes of the run so far. */
    public long writeCount(String runId) {
        var writes = jdbc.queryForObject("select writes from run where run_id = ?", Long.class, runId);
        return writes == null ? 0 : writes;
    }

    /** Time of the last event of the run; {@link Instant#EPOCH} when there is none. */
    public Instant lastEventAt(String runId) {
        var found = jdbc.query(
                "select max(happened_at) as at from event where run_id = ?",
                (at, index) -> Optional.ofNullable(ColumnCodec.toInstant(at, "at")),
                runId);
        return found.get(0).orElse(Instant.EPOCH);
    }

    /** Events of the run, in order. */
    public List<Event> events(String runId) {
        return events.findAll(runId);
    }

    /** API statistics of the run, in order; empty without samples. */
    public List<ApiSample> apiSamples(String runId) {
        return ApiSamples.after(jdbc, runId, Instant.EPOCH);
    }

    /** Inventory of the run, in its order. */
    public List<StoredInventoryLine> inventory(String runId) {
        return jdbc.query(
                "select row_no, line_no, cells from inventory_row where run_id = ? order by row_no",
                StoredInventoryLine::read,
                runId);
    }

    /** Inventory lines of some rows, by row number. */
    public Map<Integer, StoredInventoryLine> inventory(String runId, int firstRow, int lastRow) {
        return jdbc
                .query(
                        "select row_no, line_no, cells from inventory_row where run_id = ? and row_no between ? and ?",
                        StoredInventoryLine::read,
                        runId,
                        firstRow,
                        lastRow)
                .stream()
                .collect(Collectors.toMap(StoredInventoryLine::row, line -> line));
    }

    /** Disk layout of a row from preflight, as JSON; null when there is none. */
    public @Nullable String findLayout(String runId, int row) {
        var found = jdbc.queryForList(
                "select layout from source_layout where run_id = ? and row_no = ?", String.class, runId, row);
        return found.isEmpty() ? null : found.get(0);
    }

    /** Adds rows of the inventory to the ledger, each with its cells. */
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

    /** Writes rows, their events and their intents. An empty list is allowed. */
    public void write(FencedRun owner, List<LedgerWrite> writes) {
        write(owner, writes, Map.of());
    }

    /** Writes rows, and layouts (JSON, by row number) from preflight. */
    public void write(FencedRun owner, List<LedgerWrite> writes, Map<Integer, String> layouts) {
        write(owner, writes, layouts, List.of());
    }

    /**
     * Writes rows, and the progress of other rows without events.
     *
     * @param observed rows whose states are unchanged in the ledger
     */
    public void writeProgress(FencedRun owner, List<LedgerWrite> writes, List<LedgerRow> observed) {
        write(owner, writes, Map.of(), observed);
    }

    /** Passes the progress of copies to the listener; writes nothing. */
    public void reportProgress(Collection<LedgerRow> rows) {
        onProgress.accept(rows);
    }

    private void write(
            FencedRun owner, List<LedgerWrite> writes, Map<Integer, String> layouts, List<LedgerRow> observed) {
        if (writes.isEmpty() && layouts.isEmpty() && observed.isEmpty()) {
            return;
        }
        writeFenced(owner, writes, now -> {
            var records = writeRows(owner, rowsBefore(owner, writes), writes);
            keepLayouts(owner, layouts);
            rowTable.updateProgress(observed);
            return records;
        });
    }

    /** Pending controls of the run, in order. */
    public List<Control> pendingControls(String runId) {
        return databaseRetry.execute(() -> controls.findPending(runId));
    }

    /** Start of the operator's pause of new starts; null when the run is not paused. */
    public @Nullable Instant pausedAt(String runId) {
        return databaseRetry.execute(() -> controls.pausedAt(runId));
    }

    /** Operator controls in effect. */
    public ActiveControls activeControls(String runId) {
        return databaseRetry.execute(() -> Controls.active(jdbc, runId, earlier));
    }

    /**
     * Answers a control. The answer, its event, the changed rows and the effect on the run are one transaction.
     *
     * @param answer text for the operator
     * @param writes the rows that changed by it, none after a refusal
     */
    public void answerControl(
            FencedRun owner, Control control, Control.State state, String answer, List<LedgerWrite> writes) {
        answerControl(owner, control, state, answer, writes, List.of());
    }

    /** Answers a control that decides about a gate, in one transaction with the decision. */
    public void answerControl(
            FencedRun owner, Control control, Control.State state, String answer, GateDecision decision) {
        answerControl(owner, control, state, answer, List.of(), List.of(decision));
    }

    private void answerControl(
            FencedRun owner,
            Control control,
            Control.State state,
            String answer,
            List<LedgerWrite> writes,
            List<GateDecision> decisions) {
        writeFenced(owner, writes, now -> {
            var changes = state == Control.State.DONE
                    ? controls.apply(owner, control.action(), now)
                    : Map.<String, Object>of();
            var records = new ArrayList<EventRecord>();
            records.add(EventRecord.ofControl(EventDraft.ofControl(control, state, answer), changes));
            records.addAll(insertDecisions(owner, decisions));
            records.addAll(writeRows(owner, rowsBefore(owner, writes), writes));
            controls.saveAnswer(control, state, answer, now);
            return records;
        });
        decisions.forEach(onGate);
    }

    /** Records questions of gates, or answers that lost their effect. */
    public void decideGates(FencedRun owner, List<GateDecision> decisions) {
        if (!decisions.isEmpty()) {
            writeFenced(owner, now -> insertDecisions(owner, decisions));
            decisions.forEach(onGate);
        }
    }

    private List<EventRecord> insertDecisions(FencedRun owner, List<GateDecision> decisions) {
        return decisions.stream()
                .map(decision -> EventRecord.ofGate(decision, gates.insert(owner.runId(), decision)))
                .toList();
    }

    /** Records, once, until when the run waits for launches by an operator. */
    public void holdUntil(FencedRun owner, Instant until) {
        writeFenced(
                owner,
                now -> gates.holdUntil(owner.runId(), until)
                        ? List.of(EventRecord.ofRun(
                                "HELD OPEN",
                                "until %s for launches by an operator".formatted(until.truncatedTo(ChronoUnit.SECONDS)),
                                Map.of(
                                        "hold_until",
                                        until.truncatedTo(ChronoUnit.MICROS).toString())))
                        : List.of());
    }

    /** Digest of each inventory row by row number. An approval of a gate is bound to them. */
    public Map<Integer, String> rowDigests(String runId) {
        return databaseRetry.execute(() -> {
            var cells = new LinkedHashMap<Integer, String>();
            jdbc.query(
                    "select row_no, cells from inventory_row where run_id = ?",
                    at -> {
                        cells.put(at.getInt("row_no"), at.getString("cells"));
                    },
                    runId);
            var digests = new TreeMap<Integer, String>();
            rowTable.findAll(runId)
                    .forEach(row ->
                            digests.put(row.row(), LedgerRowTable.digest(row, cells.getOrDefault(row.row(), ""))));
            return digests;
        });
    }

    /** Applies a changed inventory that an operator accepted to the run. */
    public void acceptInventory(FencedRun owner, InventoryEdit edit, Actor acceptedBy) {
        writtenRows.clear(); // the edit changes columns that row writes do not
        writeFenced(owner, now -> {
            var before = rowsBefore(owner, edit.entries());
            var former = formerOrder(owner, edit, before);
            var records = new ArrayList<>(writeRows(owner, before, edit.entries()));
            rowTable.replan(edit.replanned());
            rowTable.insert(edit.added());
            insertLines(owner, edit.addedLines());
            changeLines(owner, edit.changedLines());
            records.addAll(intake(owner, edit, former));
            jdbc.update("update run set inventory_hash = ? where run_id = ?", edit.sha256(), owner.runId());
            records.add(EventRecord.ofRun(
                    "INVENTORY ACCEPTED", Runs.by(acceptedBy), Map.of("inventory_hash", edit.sha256())));
            return records;
        });
        writtenRows.clear();
    }

    /** Earlier inventory values of the changed rows: a launch is judged by the values at its time. */
    private Map<Integer, Map<String, @Nullable Object>> formerOrder(
            FencedRun owner, InventoryEdit edit, Map<Integer, LedgerRow> before) {
        var former = new TreeMap<Integer, Map<String, @Nullable Object>>();
        for (var line : edit.changedLines()) {
            var cells = jdbc.queryForObject(
                    "select cells from inventory_row where run_id = ? and row_no = ?",
                    String.class,
                    owner.runId(),
                    line.row());
            var row = Objects.requireNonNull(before.get(line.row()), "a changed line without an entry for its row");
            former.put(line.row(), LedgerRowTable.order(row, Objects.requireNonNullElse(cells, "")));
        }
        return former;
    }

    /** Intake event with the latest digests of the rows. */
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
        writeFenced(owner, writes, now -> {
            var records = new ArrayList<>(writeRows(owner, rowsBefore(owner, writes), writes));
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
    }

    /** Adds API statistics; does nothing when another process owns the run. */
    public void addApiSample(FencedRun owner, ApiSample sample) {
        ApiSamples.add(jdbc, owner, sample);
    }

    /** Writes events about the run itself. */
    public void appendRunEvents(FencedRun owner, EventDraft... drafts) {
        writeFenced(owner, now -> EventRecord.plain(List.of(drafts)));
    }

    /**
     * Marks the calls that an earlier owner had in flight as unknown: only an observation can resolve them. They may have
     * been sent long after their intent, up to the death of that process, so their grace starts now.
     *
     * @return number of such calls
     */
    public int takeOver(FencedRun owner) {
        var found = new int[1];
        writeFenced(owner, now -> {
            var openIntents = intents.findOpen(owner.runId());
            found[0] = openIntents.size();
            var rows = rowTable.findByNumber(
                    owner.runId(), openIntents.stream().map(Intent::row).toList());
            rowTable.findWithOpenCall(owner.runId()).forEach(row -> rows.putIfAbsent(row.row(), row));
            return writeRows(owner, rows, ChangeRecorder.markUndecided(rows, openIntents, now));
        });
        writtenRows.clear();
        return found[0];
    }

    private Map<Integer, LedgerRow> rowsBefore(FencedRun owner, List<LedgerWrite> writes) {
        return writtenRows.find(
                owner,
                writes.stream().map(write -> write.row().row()).distinct().toList(),
                unknown -> rowTable.findByNumber(owner.runId(), unknown));
    }

    /** Writes the rows and their intents. Returns their events, with the changes since the rows before. */
    private List<EventRecord> writeRows(FencedRun owner, Map<Integer, LedgerRow> before, List<LedgerWrite> writes) {
        rowTable.update(writes.stream().map(LedgerWrite::row).toList());
        intents.save(owner, writes.stream().map(LedgerWrite::intent).filter(Objects::nonNull));
        return new ChangeRecorder(owner, before).recordsOf(writes);
    }

    private void keepLayouts(FencedRun owner, Map<Integer, String> layouts) {
        var values = new ArrayList<Object[]>();
        layouts.forEach((row, layout) -> {
            jdbc.update("delete from source_layout where run_id = ? and row_no = ?", owner.runId(), row);
            values.add(new Object[] {owner.runId(), row, layout});
        });
        jdbc.batchUpdate("insert into source_layout (run_id, row_no, layout) values (?, ?, ?)", values);
    }

    /** Runs work that changes no rows, or unknown ones, in one transaction and appends its events. */
    private void writeFenced(FencedRun owner, Function<Instant, List<EventRecord>> work) {
        Instant now = clock.instant();
        fence.write(owner, () -> events.append(owner.runId(), owner.token(), now, work.apply(now)));
    }

    /** Runs work that changes these rows in one transaction, appends its events and publishes the rows. */
    private void writeFenced(FencedRun owner, List<LedgerWrite> writes, Function<Instant, List<EventRecord>> work) {
        boolean committed = false;
        try {
            writeFenced(owner, work);
            writtenRows.commit(owner, writes);
            committed = true;
        } finally {
            if (!committed) {
                writtenRows.clear();
            }
        }
        writes.forEach(onCommit);
    }
}
