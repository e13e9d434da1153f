package dev.smsrunner.ledger;

import static dev.smsrunner.ledger.ColumnCodec.clean;
import static dev.smsrunner.ledger.ColumnCodec.cut;
import static dev.smsrunner.ledger.ColumnCodec.ofInstant;
import static dev.smsrunner.ledger.ColumnCodec.toInstant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Append-only table of events. */
record Events(JdbcTemplate jdbc) {

    private static final String INSERT = """
            insert into event
              (run_id, event_no, happened_at, token, row_no, kind, before_text, after_text, detail, request_id, change, chain)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    /**
     * Appends the events and moves the end of the chain. The caller's transaction has already updated, and thereby locked,
     * the row of the run.
     */
    void append(String runId, long token, Instant at, List<EventRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        var head = head(runId);
        var rows = new ArrayList<@Nullable Object[]>(records.size());
        for (var one : records) {
            var values = values(runId, head.number() + 1, at, token, one);
            head = new Head(head.number() + 1, EventHashChain.next(head.chain(), hashContent(values)));
            values[values.length - 1] = head.chain();
            rows.add(values);
        }
        jdbc.batchUpdate(INSERT, rows);
        jdbc.update("update run set last_event = ?, chain = ? where run_id = ?", head.number(), head.chain(), runId);
    }

    List<Event> findAll(String runId) {
        return jdbc.query("select * from event where run_id = ? order by event_no", Events::read, runId);
    }

    /** Whether an event with that finding of the row exists. */
    boolean hasFinding(LedgerRow row, String what) {
        var count = jdbc.queryForObject(
                "select count(*) from event where run_id = ? and row_no = ? and kind = 'FINDING' and detail = ?",
                Integer.class,
                row.runId(),
                row.row(),
                what);
        return count != null && count > 0;
    }

    /** Rows with an executed call of that operation after their tasks became ready, in the order of the events. */
    Set<Integer> rowsWithCallSinceReady(String runId, Operation operation) {
        var rows = new HashSet<Integer>();
        jdbc.query(
                """
                select row_no, kind from event
                where run_id = ? and (kind = 'STAGE' and after_text = 'TASK_READY'
                  or kind = 'CALL' and before_text = ? and after_text in ('DONE', 'SEEN'))
                order by event_no
                """,
                at -> {
                    if (at.getString("kind").equals("CALL")) {
                        rows.add(at.getInt("row_no"));
                    } else {
                        rows.remove(at.getInt("row_no"));
                    }
                },
                runId,
                operation.name());
        return rows;
    }

    /** Edges of cutover windows that have an event: kind, a blank, and the name of the window. */
    Set<String> windowEdges(String runId) {
        return Set.copyOf(jdbc.query(
                "select before_text, after_text from event where run_id = ? and kind = 'WINDOW'",
                (at, index) ->
                        at.getString("after_text") + " " + Objects.requireNonNullElse(at.getString("before_text"), ""),
                runId));
    }

    /** Time of the latest reopening by an operator, by row number; other rows have no entry. */
    Map<Integer, Instant> reopenTimes(String runId) {
        var rows = new HashMap<Integer, Instant>();
        jdbc.query(
                        "select * from event where run_id = ? and kind = 'STAGE' and before_text = 'CLOSED' order by event_no",
                        (at, index) -> read(at, index),
                        runId)
                .forEach(event -> rows.put(Objects.requireNonNull(event.row()), event.at()));
        return rows;
    }

    /** A run of an earlier version has no chain yet; it starts here. */
    private Head head(String runId) {
        return Objects.requireNonNull(jdbc.queryForObject(
                "select last_event, chain from run where run_id = ?",
                (at, index) -> new Head(
                        at.getLong("last_event"),
                        Objects.requireNonNullElseGet(at.getString("chain"), () -> EventHashChain.first(runId))),
                runId));
    }

    private static @Nullable Object[] values(String runId, long number, Instant at, long token, EventRecord records) {
        var draft = records.draft();
        return new @Nullable Object[] {
            runId,
            number,
            ofInstant(at),
            token,
            draft.row(),
            draft.kind().name(),
            clean(draft.before()),
            clean(draft.after()),
            clean(draft.detail()),
            cut(draft.requestId(), 255),
            records.change(),
            null
        };
    }

    /** Columns of an event in their order, without the hash itself. */
    private static @Nullable Object[] hashContent(@Nullable Object[] values) {
        var hashed = Arrays.copyOf(values, values.length - 1);
        hashed[2] = String.valueOf(((OffsetDateTime) Objects.requireNonNull(values[2])).toInstant());
        return hashed;
    }

    /** End of the chain. */
    private record Head(long number, String chain) {}

    static Event read(ResultSet at, int index) throws SQLException {
        return new Event(
                at.getLong("event_no"),
                Objects.requireNonNull(toInstant(at, "happened_at")),
                at.getLong("token"),
                at.getObject("row_no", Integer.class),
                EventKind.valueOf(at.getString("kind")),
                at.getString("before_text"),
                at.getString("after_text"),
                at.getString("detail"),
                at.getString("request_id"));
    }
}
