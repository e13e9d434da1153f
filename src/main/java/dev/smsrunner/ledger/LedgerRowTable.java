package dev.smsrunner.ledger;

import static dev.smsrunner.ledger.ColumnCodec.clean;
import static dev.smsrunner.ledger.ColumnCodec.cut;
import static dev.smsrunner.ledger.ColumnCodec.ofInstant;
import static dev.smsrunner.ledger.ColumnCodec.plain;
import static dev.smsrunner.ledger.ColumnCodec.toInstant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Table of ledger rows. */
record LedgerRowTable(JdbcTemplate jdbc) {

    private static final String INSERT = """
            insert into migration (run_id, row_no, line_no, server_name, wave, priority, depends_on, stage, attempts, queued_at,
                cutover_window, cutover_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)
            """;

    /** Columns that change after the insert, in the order of {@link #updateValues}. */
    private static final List<String> UPDATE_COLUMNS = List.of("""
            source_id, stage, outcome, reason, task_id,
            task_state, copy_state, migration_cycle, connected, progress, changed_at,
            attention, attempts, starts_before, next_at,
            call_operation, call_state, call_attempt, call_at,
            started_at, replicated_at, launched_at, finished_at,
            error_code, error_text, error_class, recommended_action, request_id,
            consistency, consistency_files, consistency_detail, consistency_at,
            actual_exist_server, actual_target_id, actual_region, actual_project
            """.strip().split(",\\s+"));

    private static final String UPDATE =
            "update migration set " + String.join(" = ?, ", UPDATE_COLUMNS) + " = ? where run_id = ? and row_no = ?";

    /** Progress changes with every observation: it has no events, and no decision depends on the stored value. */
    private static final Set<String> WITHOUT_EVENT = Set.of("progress", "changed_at");

    private static final String PROGRESS =
            "update migration set progress = ?, changed_at = ? where run_id = ? and row_no = ?";

    /** Maximum number of rows per query. */
    private static final int CHUNK = 1_000;

    private static final String REPLAN = """
            update migration set server_name = ?, wave = ?, priority = ?, depends_on = ?, cutover_window = ?, cutover_at = ?
            where run_id = ? and row_no = ?
            """;

    /** Columns that differ between two stored versions of a row, with their new values. */
    static Map<String, @Nullable Object> changes(LedgerRow before, LedgerRow after) {
        var oldValues = updateValues(before);
        var newValues = updateValues(after);
        var changes = new LinkedHashMap<String, @Nullable Object>();
        for (int at = 0; at < UPDATE_COLUMNS.size(); at++) {
            if (!WITHOUT_EVENT.contains(UPDATE_COLUMNS.get(at)) && !Objects.equals(oldValues[at], newValues[at])) {
                changes.put(UPDATE_COLUMNS.get(at), plain(newValues[at]));
            }
        }
        return changes;
    }

    /** Digest of the constant values of a stored row. The values of later columns count only when there are any. */
    static String digest(LedgerRow row, String cells) {
        var values = insertValues(row);
        var content = new ArrayList<@Nullable Object>(Arrays.asList(
                values[1], values[2], values[3], values[4], values[5], values[6], plain(values[8]), cells));
        if (!row.cutover().equals(RequestedCutover.NONE)) {
            content.add(values[9]);
            content.add(plain(values[10]));
        }
        return EventHashChain.ofRow(content.toArray());
    }

    /** Ordering columns of an inventory row, with its digest. */
    static Map<String, @Nullable Object> order(LedgerRow row, String cells) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        values.put("digest", digest(row, cells));
        values.put("server_name", cut(row.serverName(), 255));
        values.put("wave", cut(row.wave(), 255));
        values.put("priority", row.priority());
        values.put("depends_on", ColumnCodec.ofList(row.dependsOn()));
        values.put("cutover_window", window(row));
        values.put("cutover_at", plain(ofInstant(row.cutover().notBefore())));
        return values;
    }

    /** Rows by number; missing rows are left out. */
    Map<Integer, LedgerRow> findByNumber(String runId, List<Integer> numbers) {
        var found = new HashMap<Integer, LedgerRow>();
        var named = new NamedParameterJdbcTemplate(jdbc);
        for (int from = 0; from < numbers.size(); from += CHUNK) {
            var chunk = numbers.subList(from, Math.min(numbers.size(), from + CHUNK));
            named.query(
                            "select * from migration where run_id = :run and row_no in (:rows)",
                            Map.of("run", runId, "rows", chunk),
                            LedgerRowTable::read)
                    .forEach(row -> found.put(row.row(), row));
        }
        return found;
    }

    /** Rows whose latest call has no answer. */
    List<LedgerRow> findWithOpenCall(String runId) {
        return jdbc.query(
                "select * from migration where run_id = ? and call_state = 'OPEN' order by row_no",
                LedgerRowTable::read,
                runId);
    }

    void insert(List<LedgerRow> rows) {
        jdbc.batchUpdate(INSERT, rows.stream().map(LedgerRowTable::insertValues).toList());
    }

    void update(List<LedgerRow> rows) {
        jdbc.batchUpdate(UPDATE, rows.stream().map(LedgerRowTable::updateValues).toList());
    }

    /** Writes the progress of the rows. */
    void updateProgress(List<LedgerRow> rows) {
        jdbc.batchUpdate(
                PROGRESS,
                rows.stream()
                        .map(row -> new @Nullable Object[] {
                            cut(row.observed().progress(), 120),
                            ofInstant(row.observed().changedAt()),
                            row.runId(),
                            row.row()
                        })
                        .toList());
    }

    /** Rows that changed after that instant. */
    List<LedgerRow> findChangedAfter(String runId, Instant instant) {
        return jdbc.query(
                "select * from migration where run_id = ? and changed_at > ?",
                LedgerRowTable::read,
                runId,
                ofInstant(instant));
    }

    /** Updates existing rows from a changed inventory. */
    void replan(List<LedgerRow> rows) {
        jdbc.batchUpdate(REPLAN, rows.stream().map(LedgerRowTable::replanValues).toList());
    }

    private static @Nullable Object[] replanValues(LedgerRow row) {
        return new Object[] {
            cut(row.serverName(), 255),
            cut(row.wave(), 255),
            row.priority(),
            ColumnCodec.ofList(row.dependsOn()),
            window(row),
            ofInstant(row.cutover().notBefore()),
            row.runId(),
            row.row()
        };
    }

    private static @Nullable String window(LedgerRow row) {
        return row.cutover().window().isEmpty() ? null : cut(row.cutover().window(), 60);
    }

    List<LedgerRow> findAll(String runId) {
        return jdbc.query("select * from migration where run_id = ? order by row_no", LedgerRowTable::read, runId);
    }

    List<LedgerRow> findOpen(String runId) {
        return jdbc.query(
                "select * from migration where run_id = ? and stage <> 'CLOSED' order by row_no",
                LedgerRowTable::read,
                runId);
    }

    List<LedgerRow> findAfter(String runId, Stage stage, int row, int limit) {
        return jdbc.query(
                "select * from migration where run_id = ? and stage = ? and row_no > ? order by row_no limit ?",
                LedgerRowTable::read,
                runId,
                stage.name(),
                row,
                limit);
    }

    int lastRow(String runId) {
        var last = jdbc.queryForObject(
                "select coalesce(max(row_no), 0) from migration where run_id = ?", Integer.class, runId);
        return last == null ? 0 : last;
    }

    private static @Nullable Object[] insertValues(LedgerRow row) {
        return new Object[] {
            row.runId(),
            row.row(),
            row.line(),
            cut(row.serverName(), 255),
            cut(row.wave(), 255),
            row.priority(),
            ColumnCodec.ofList(row.dependsOn()),
            row.stage().name(),
            ofInstant(row.milestones().queuedAt()),
            window(row),
            ofInstant(row.cutover().notBefore())
        };
    }

    private static @Nullable Object[] updateValues(LedgerRow row) {
        var observed = row.observed();
        var call = row.call();
        var milestones = row.milestones();
        var failure = row.failure();
        var consistency = row.consistency();
        var target = observed.target();
        return new @Nullable Object[] {
            clean(row.sourceId()),
            row.stage().name(),
            name(row.outcome()),
            clean(row.reason()),
            clean(row.taskId()),
            cut(observed.taskState(), 60),
            cut(observed.copyState(), 60),
            cut(observed.migrationCycle(), 60),
            observed.connected(),
            cut(observed.progress(), 120),
            ofInstant(observed.changedAt()),
            clean(row.attention()),
            row.attempts(),
            row.startsBefore() == 0 ? null : row.startsBefore(),
            ofInstant(row.nextAt()),
            call == null ? null : call.operation().name(),
            call == null ? null : call.state().name(),
            call == null ? null : call.attempt(),
            call == null ? null : ofInstant(call.at()),
            ofInstant(milestones.startedAt()),
            ofInstant(milestones.replicatedAt()),
            ofInstant(milestones.launchedAt()),
            ofInstant(milestones.finishedAt()),
            failure == null ? null : cut(failure.code(), 255),
            failure == null ? null : clean(failure.text()),
            failure == null ? null : cut(failure.errorClass(), 20),
            failure == null ? null : clean(failure.recommendedAction()),
            failure == null ? null : cut(failure.requestId(), 255),
            consistency == null ? null : consistency.state().name(),
            consistency == null ? null : consistency.files(),
            consistency == null ? null : clean(consistency.detail()),
            consistency == null ? null : ofInstant(consistency.at()),
            target == null ? null : target.existing(),
            target == null ? null : cut(target.serverId(), 255),
            target == null ? null : cut(target.region(), 255),
            target == null ? null : cut(target.project(), 255),
            row.runId(),
            row.row()
        };
    }

    private static LedgerRow read(ResultSet at, int index) throws SQLException {
        return new LedgerRow(
                at.getString("run_id"),
                at.getInt("row_no"),
                at.getInt("line_no"),
                at.getString("server_name"),
                at.getString("wave"),
                at.getInt("priority"),
                ColumnCodec.toList(at.getString("depends_on")),
                new RequestedCutover(
                        Objects.requireNonNullElse(at.getString("cutover_window"), ""), toInstant(at, "cutover_at")),
                at.getString("source_id"),
                Stage.valueOf(at.getString("stage")),
                outcome(at.getString("outcome")),
                at.getString("reason"),
                at.getString("task_id"),
                readObserved(at),
                at.getString("attention"),
                at.getInt("attempts"),
                at.getInt("starts_before"),
                toInstant(at, "next_at"),
                RowCall.of(
                        at.getString("call_operation"),
                        at.getString("call_state"),
                        at.getInt("call_attempt"),
                        toInstant(at, "call_at")),
                readMilestones(at),
                readFailure(at),
                readConsistency(at));
    }

    private static @Nullable Consistency readConsistency(ResultSet at) throws SQLException {
        var state = at.getString("consistency");
        return state == null
                ? null
                : new Consistency(
                        Consistency.State.valueOf(state),
                        at.getLong("consistency_files"),
                        at.getString("consistency_detail"),
                        toInstant(at, "consistency_at"));
    }

    private static ObservedState readObserved(ResultSet at) throws SQLException {
        return new ObservedState(
                at.getString("task_state"),
                at.getString("copy_state"),
                at.getString("migration_cycle"),
                at.getObject("connected", Boolean.class),
                at.getString("progress"),
                toInstant(at, "changed_at"),
                readTarget(at));
    }

    private static @Nullable ActualTarget readTarget(ResultSet at) throws SQLException {
        var target = new ActualTarget(
                at.getObject("actual_exist_server", Boolean.class),
                at.getString("actual_target_id"),
                at.getString("actual_region"),
                at.getString("actual_project"));
        return target.equals(new ActualTarget(null, null, null, null)) ? null : target;
    }

    private static Milestones readMilestones(ResultSet at) throws SQLException {
        return new Milestones(
                toInstant(at, "queued_at"),
                toInstant(at, "started_at"),
                toInstant(at, "replicated_at"),
                toInstant(at, "launched_at"),
                toInstant(at, "finished_at"));
    }

    private static @Nullable Failure readFailure(ResultSet at) throws SQLException {
        var text = at.getString("error_text");
        return text == null
                ? null
                : new Failure(
                        at.getString("error_code"),
                        text,
                        at.getString("error_class"),
                        at.getString("recommended_action"),
                        at.getString("request_id"));
    }

    private static @Nullable Outcome outcome(@Nullable String name) {
        return name == null ? null : Outcome.valueOf(name);
    }

    private static @Nullable String name(@Nullable Enum<?> value) {
        return value == null ? null : value.name();
    }
}
