package dev.smsrunner.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Raw tables of a run for verification, column by column. Texts and instants (ISO-8601) are strings, numbers are long, truth
 * values boolean.
 */
public final class RawTables {

    private static final int CHUNK = 500;
    private static final int LAYOUT_CHUNK = 200;

    /** Version of the script that added the hashes. */
    private static final String FIRST_WITH_CHAIN = "4";

    /** Columns with few distinct texts. */
    private static final Set<String> REPETITIVE_COLUMNS = Set.of(
            "run_id",
            "operation",
            "state",
            "kind",
            "stage",
            "outcome",
            "wave",
            "task_state",
            "copy_state",
            "migration_cycle",
            "call_operation",
            "call_state",
            "error_code",
            "error_class",
            "actual_region",
            "actual_project");

    private final JdbcTemplate jdbc;
    private final Map<String, String> texts = new HashMap<>();
    private String[] names = {};

    private RawTables(DataSource database) {
        this.jdbc = new JdbcTemplate(database);
    }

    /** Reads a consistent snapshot, also while a run writes. */
    public static <T> T read(DataSource database, Function<RawTables, T> work) {
        var moment = new TransactionTemplate(new JdbcTransactionManager(database));
        moment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        moment.setReadOnly(true);
        return java.util.Objects.requireNonNull(moment.execute(status -> work.apply(new RawTables(database))));
    }

    /** Row of the run. */
    public Optional<Map<String, @Nullable Object>> run(String runId) {
        return jdbc.query("select * from run where run_id = ?", this::readColumns, runId).stream()
                .findFirst();
    }

    /** Token of the lease with that name; empty when it never had a holder. */
    public Optional<Long> leaseToken(String name) {
        return jdbc.queryForList("select token from lease where name = ?", Long.class, name).stream()
                .findFirst();
    }

    /** Start of hashed events in this database; a later run has no event without a hash. */
    public Optional<Instant> chainedSince() {
        return jdbc
                .queryForList(
                        "select installed_on from flyway_schema_history where version = ? and success = true",
                        LocalDateTime.class,
                        FIRST_WITH_CHAIN)
                .stream()
                .findFirst()
                .map(at -> at.toInstant(ZoneOffset.UTC));
    }

    /** Inventory lines by row. */
    public List<Map<String, @Nullable Object>> inventory(String runId) {
        return jdbc.query("select * from inventory_row where run_id = ? order by row_no", this::readColumns, runId);
    }

    /** Ledger rows by row number. */
    public List<Map<String, @Nullable Object>> rows(String runId) {
        return jdbc.query("select * from migration where run_id = ? order by row_no", this::readColumns, runId);
    }

    /** Mutating calls. */
    public List<Map<String, @Nullable Object>> intents(String runId) {
        return jdbc.query(
                "select * from intent where run_id = ? order by intended_at, row_no, operation, attempt",
                this::readColumns,
                runId);
    }

    /** Controls of the run, in order. */
    public List<Map<String, @Nullable Object>> controls(String runId) {
        return jdbc.query("select * from control where run_id = ? order by control_id", this::readColumns, runId);
    }

    /** Decisions about gates, in order. */
    public List<Map<String, @Nullable Object>> gateDecisions(String runId) {
        return jdbc.query(
                "select * from gate_decision where run_id = ? order by decision_no", this::readColumns, runId);
    }

    /** Mutating calls of other runs on the targets of this run, or on any task of its sources. */
    public List<Map<String, @Nullable Object>> intentsOfOtherRuns(String runId) {
        return jdbc.query("""
                select * from intent where run_id <> ? and (target in (select target from intent where run_id = ?
                  union select source_id from migration where run_id = ? union select task_id from migration where run_id = ?)
                  or (run_id, row_no) in (select run_id, row_no from migration where source_id in (
                    select source_id from migration where run_id = ?)))
                order by intended_at, row_no, operation, attempt
                """, this::readColumns, runId, runId, runId, runId, runId);
    }

    /** Migrated rows of all runs for the sources of this run. */
    public List<Map<String, @Nullable Object>> migratedRows(String runId) {
        return jdbc.query("""
                select * from migration where outcome = 'MIGRATED' and source_id in (
                  select source_id from migration where run_id = ?) order by run_id, row_no
                """, this::readColumns, runId);
    }

    /** Visits the layouts from preflight, by row. */
    public void forEachLayout(String runId, Consumer<Map<String, @Nullable Object>> visitor) {
        forEachByKey(
                "row_no",
                "select * from source_layout where run_id = ? and row_no > ? order by run_id, row_no limit ?",
                LAYOUT_CHUNK,
                runId,
                visitor);
    }

    /** Exit messages of the run's stages in the repository of Spring Batch. */
    public List<Map<String, @Nullable Object>> batchMessages(String runId) {
        return jdbc.query("""
                select job.job_execution_id, job.exit_message as job_message, step.step_name, step.exit_message as step_message
                from batch_job_execution_params parameter
                join batch_job_execution job on job.job_execution_id = parameter.job_execution_id
                left join batch_step_execution step on step.job_execution_id = job.job_execution_id
                where parameter.parameter_name = 'run' and parameter.parameter_value = ?
                order by job.job_execution_id
                """, this::readColumns, runId);
    }

    /** Events of inventory changes by an operator, in their order. */
    public List<Map<String, @Nullable Object>> inventoryChanges(String runId) {
        return jdbc.query(
                "select * from event where run_id = ? and kind = 'INTAKE' and change like '%\"former\"%' order by event_no",
                this::readColumns, runId);
    }

    /** Visits the events in their order. Uses the whole key: H2 would otherwise sort all remaining events for each chunk. */
    public void forEachEvent(String runId, Consumer<Map<String, @Nullable Object>> visitor) {
        forEachByKey(
                "event_no",
                "select * from event where run_id = ? and event_no > ? order by run_id, event_no limit ?",
                CHUNK,
                runId,
                visitor);
    }

    /** Reads in chunks; each chunk starts after the last key of the previous one. The key is a column of the primary key. */
    private void forEachByKey(
            String key, String sql, int portion, String runId, Consumer<Map<String, @Nullable Object>> visitor) {
        long last = Long.MIN_VALUE;
        List<Map<String, @Nullable Object>> some;
        do {
            some = jdbc.query(sql, this::readColumns, runId, last, portion);
            some.forEach(visitor);
            last = some.isEmpty()
                    ? last
                    : (long) Objects.requireNonNull(some.get(some.size() - 1).get(key));
        } while (some.size() == portion);
    }

    private Map<String, @Nullable Object> readColumns(ResultSet at, int index) throws SQLException {
        var about = at.getMetaData();
        if (index == 0) {
            names = new String[about.getColumnCount()];
            for (int column = 0; column < names.length; column++) {
                names[column] = about.getColumnLabel(column + 1).intern();
            }
        }
        var values = new @Nullable Object[names.length];
        for (int column = 0; column < names.length; column++) {
            var value = value(at, column + 1, about.getColumnType(column + 1));
            values[column] =
                    REPETITIVE_COLUMNS.contains(names[column]) && value instanceof String text ? intern(text) : value;
        }
        return new RawRow(names, values);
    }

    private String intern(String text) {
        return texts.computeIfAbsent(text, one -> one);
    }

    private static @Nullable Object value(ResultSet at, int column, int type) throws SQLException {
        Object value = switch (type) {
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> {
                var time = at.getObject(column, OffsetDateTime.class);
                yield time == null ? null : time.toInstant().toString();
            }
            case Types.INTEGER, Types.BIGINT, Types.SMALLINT -> at.getLong(column);
            case Types.BIT, Types.BOOLEAN -> at.getBoolean(column);
            default -> at.getString(column);
        };
        return at.wasNull() ? null : value;
    }
}
