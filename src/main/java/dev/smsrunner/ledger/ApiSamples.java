package dev.smsrunner.ledger;

import static dev.smsrunner.ledger.ColumnCodec.ofInstant;
import static dev.smsrunner.ledger.ColumnCodec.toInstant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Table of API statistics. */
final class ApiSamples {

    /** Fenced by its own condition: a sample has no event, and it must not change the run's write counter. */
    private static final String INSERT = """
            insert into api_sample (run_id, sampled_at, token, seconds, calls, throttled, rate_limit)
            select run_id, cast(? as timestamp with time zone), token, cast(? as double precision), cast(? as integer),
              cast(? as integer), cast(? as double precision)
            from run where run_id = ? and token = ?
            """;

    private ApiSamples() {}

    static void add(JdbcTemplate jdbc, FencedRun owner, ApiSample sample) {
        jdbc.update(
                INSERT,
                ofInstant(sample.at()),
                sample.seconds(),
                sample.calls(),
                sample.throttled(),
                sample.limit(),
                owner.runId(),
                owner.token());
    }

    static List<ApiSample> after(JdbcTemplate jdbc, String runId, Instant after) {
        return jdbc.query(
                "select * from api_sample where run_id = ? and sampled_at > ? order by sampled_at",
                ApiSamples::read,
                runId,
                ofInstant(after));
    }

    private static ApiSample read(ResultSet at, int index) throws SQLException {
        double limit = at.getDouble("rate_limit");
        @Nullable Double known = at.wasNull() ? null : limit;
        return new ApiSample(
                Objects.requireNonNull(toInstant(at, "sampled_at")),
                at.getDouble("seconds"),
                at.getInt("calls"),
                at.getInt("throttled"),
                known);
    }
}
