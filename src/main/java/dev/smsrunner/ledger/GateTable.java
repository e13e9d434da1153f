package dev.smsrunner.ledger;

import static dev.smsrunner.ledger.ColumnCodec.clean;
import static dev.smsrunner.ledger.ColumnCodec.cut;
import static dev.smsrunner.ledger.ColumnCodec.ofInstant;
import static dev.smsrunner.ledger.ColumnCodec.toInstant;

import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.InventoryRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Table of gate decisions, and the other agreements about launches of a run. */
record GateTable(JdbcTemplate jdbc) {

    private static final int LONGEST_TEXT = 255;

    GateRecords load(String runId) {
        return Objects.requireNonNull(jdbc.queryForObject(
                "select begun_by, hold_until, settings from run where run_id = ?",
                (at, index) -> {
                    var begunBy = at.getString("begun_by");
                    return new GateRecords(
                            begunBy,
                            toInstant(at, "hold_until"),
                            begunBy == null ? Set.of() : forbidden(runId, ColumnCodec.toMap(at.getString("settings"))),
                            begunBy == null ? List.of() : decisions(runId));
                },
                runId));
    }

    /** Rows whose inventory forbids the launch. Most inventories have no such column. */
    private Set<Integer> forbidden(String runId, Map<String, String> settings) {
        var column = Column.OK_TO_CUTOVER.label();
        var standard = settings.getOrDefault("defaults." + column, "");
        var pattern = InventoryRow.forbidsCutover(standard) ? "%" : "%\"" + column + "\":%";
        var rows = new HashSet<Integer>();
        jdbc.query(
                "select row_no, cells from inventory_row where run_id = ? and cells like ?",
                at -> {
                    var cell = ColumnCodec.toMap(at.getString("cells")).getOrDefault(column, "");
                    if (InventoryRow.forbidsCutover(cell.isEmpty() ? standard : cell)) {
                        rows.add(at.getInt("row_no"));
                    }
                },
                runId,
                pattern);
        return rows;
    }

    private List<GateDecision> decisions(String runId) {
        return jdbc.query("select * from gate_decision where run_id = ? order by decision_no", GateTable::read, runId);
    }

    /** Inserts a decision and returns its columns, for the event. */
    Map<String, @Nullable Object> insert(String runId, GateDecision decision) {
        var columns = columns(decision);
        jdbc.update(
                "insert into gate_decision (%s, run_id) values (%s?)"
                        .formatted(String.join(", ", columns.keySet()), "?, ".repeat(columns.size())),
                arguments(columns, runId));
        columns.replaceAll((column, value) -> ColumnCodec.plain(value));
        return columns;
    }

    private static @Nullable Object[] arguments(Map<String, @Nullable Object> columns, String runId) {
        var all = new ArrayList<@Nullable Object>(columns.values());
        all.add(runId);
        return all.toArray();
    }

    private static Map<String, @Nullable Object> columns(GateDecision decision) {
        var columns = new LinkedHashMap<String, @Nullable Object>();
        columns.put("decision_no", decision.number());
        columns.put("gate_name", decision.gate());
        columns.put("decision", decision.kind().name());
        columns.put("row_no", decision.row());
        columns.put("wave", decision.wave());
        columns.put("decided_at", ofInstant(decision.at()));
        columns.put("actor", decision.actor());
        columns.put("decided_by", cut(decision.decidedBy(), LONGEST_TEXT));
        columns.put("comment_text", clean(decision.comment()));
        columns.put("expires_at", ofInstant(decision.expiresAt()));
        columns.put("rows_hash", decision.rowsHash());
        return columns;
    }

    private static GateDecision read(ResultSet at, int index) throws SQLException {
        return new GateDecision(
                at.getInt("decision_no"),
                at.getString("gate_name"),
                GateDecision.Kind.valueOf(at.getString("decision")),
                at.getObject("row_no", Integer.class),
                at.getString("wave"),
                Objects.requireNonNull(toInstant(at, "decided_at")),
                at.getString("actor"),
                at.getString("decided_by"),
                at.getString("comment_text"),
                toInstant(at, "expires_at"),
                at.getString("rows_hash"));
    }

    /** Records the end of the time in which the run waits for launches, unless it is recorded. */
    boolean holdUntil(String runId, Instant until) {
        return jdbc.update(
                        "update run set hold_until = ? where run_id = ? and hold_until is null",
                        ofInstant(until),
                        runId)
                > 0;
    }
}
