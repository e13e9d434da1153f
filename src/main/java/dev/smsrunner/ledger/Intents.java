package dev.smsrunner.ledger;

import static dev.smsrunner.ledger.ColumnCodec.clean;
import static dev.smsrunner.ledger.ColumnCodec.cut;
import static dev.smsrunner.ledger.ColumnCodec.ofInstant;
import static dev.smsrunner.ledger.ColumnCodec.plain;
import static dev.smsrunner.ledger.ColumnCodec.toInstant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Table of mutating calls. */
record Intents(JdbcTemplate jdbc) {

    private static final String INSERT = """
            insert into intent (run_id, row_no, operation, attempt, token, state, target, intended_at)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String ANSWER = """
            update intent set state = ?, answered_at = ?, http_status = ?, error_code = ?, request_id = ?, detail = ?
            where run_id = ? and row_no = ? and operation = ? and attempt = ?
            """;

    /** Result of an observation: an earlier response is kept. */
    private static final String RESOLVE =
            "update intent set state = ? where run_id = ? and row_no = ? and operation = ? and attempt = ?";

    void save(FencedRun owner, Stream<Intent> intents) {
        Map<Kind, List<Intent>> byKind = intents.collect(Collectors.groupingBy(Kind::of));
        write(INSERT, byKind.get(Kind.NEW), intent -> insertValues(owner, intent));
        write(ANSWER, byKind.get(Kind.ANSWERED), intent -> answerValues(owner, intent));
        write(RESOLVE, byKind.get(Kind.SETTLED), intent -> resolveValues(owner, intent));
    }

    List<Intent> findAll(String runId) {
        return jdbc.query(
                "select * from intent where run_id = ? order by intended_at, row_no, operation, attempt",
                Intents::read,
                runId);
    }

    Optional<Intent> findLast(LedgerRow row, Operation operation, CallState state) {
        return jdbc
                .query(
                        "select * from intent where run_id = ? and row_no = ? and operation = ? and state = ? order by attempt desc",
                        Intents::read,
                        row.runId(),
                        row.row(),
                        operation.name(),
                        state.name())
                .stream()
                .findFirst();
    }

    Map<Integer, Integer> refusalCounts(String runId) {
        var counts = new HashMap<Integer, Integer>();
        jdbc.query(
                """
                select row_no, count(*) as refused from intent i
                where run_id = ? and state = 'REFUSED' and not exists (
                  select 1 from event e where e.run_id = i.run_id and e.row_no = i.row_no
                    and e.kind = 'STAGE' and e.before_text = 'CLOSED' and e.happened_at >= i.intended_at)
                group by row_no
                """,
                at -> {
                    counts.put(at.getInt("row_no"), at.getInt("refused"));
                },
                runId);
        return counts;
    }

    /** Calls without an answer. */
    List<Intent> findOpen(String runId) {
        return jdbc.query(
                "select * from intent where run_id = ? and state = 'OPEN' order by row_no, attempt",
                Intents::read,
                runId);
    }

    /** Columns that a save of the intent sets, with their values. */
    static Map<String, @Nullable Object> changes(FencedRun owner, Intent intent) {
        var changes = new LinkedHashMap<String, @Nullable Object>();
        changes.put("operation", intent.operation().name());
        changes.put("attempt", intent.attempt());
        changes.put("state", intent.state().name());
        switch (Kind.of(intent)) {
            case NEW -> {
                changes.put("token", owner.token());
                changes.put("target", cut(intent.target(), 255));
                changes.put("intended_at", plain(ofInstant(intent.intendedAt())));
            }
            case ANSWERED -> {
                changes.put("answered_at", plain(ofInstant(intent.answeredAt())));
                changes.put("http_status", intent.httpStatus());
                changes.put("error_code", cut(intent.errorCode(), 255));
                changes.put("request_id", cut(intent.requestId(), 255));
                changes.put("detail", clean(intent.detail()));
            }
            case SETTLED -> {}
        }
        return changes;
    }

    private void write(
            String sql,
            @Nullable List<Intent> intents,
            java.util.function.Function<Intent, @Nullable Object[]> values) {
        if (intents != null) {
            jdbc.batchUpdate(sql, intents.stream().map(values).toList());
        }
    }

    private static Object[] insertValues(FencedRun owner, Intent intent) {
        return new Object[] {
            owner.runId(),
            intent.row(),
            intent.operation().name(),
            intent.attempt(),
            owner.token(),
            intent.state().name(),
            cut(intent.target(), 255),
            ofInstant(intent.intendedAt())
        };
    }

    private static @Nullable Object[] answerValues(FencedRun owner, Intent intent) {
        return new @Nullable Object[] {
            intent.state().name(),
            ofInstant(intent.answeredAt()),
            intent.httpStatus(),
            cut(intent.errorCode(), 255),
            cut(intent.requestId(), 255),
            clean(intent.detail()),
            owner.runId(),
            intent.row(),
            intent.operation().name(),
            intent.attempt()
        };
    }

    private static Object[] resolveValues(FencedRun owner, Intent intent) {
        return new Object[] {
            intent.state().name(),
            owner.runId(),
            intent.row(),
            intent.operation().name(),
            intent.attempt()
        };
    }

    static Intent read(ResultSet at, int index) throws SQLException {
        return new Intent(
                at.getInt("row_no"),
                Operation.valueOf(at.getString("operation")),
                at.getInt("attempt"),
                CallState.valueOf(at.getString("state")),
                at.getString("target"),
                java.util.Objects.requireNonNull(toInstant(at, "intended_at")),
                toInstant(at, "answered_at"),
                at.getInt("http_status"),
                at.getString("error_code"),
                at.getString("request_id"),
                at.getString("detail"));
    }

    private enum Kind {
        NEW,
        ANSWERED,
        SETTLED;

        static Kind of(Intent intent) {
            return switch (intent.state()) {
                case OPEN -> NEW;
                case SEEN, ABSENT -> SETTLED;
                default -> ANSWERED;
            };
        }
    }
}
