package dev.smsrunner.ledger;

import static dev.smsrunner.ledger.Texts.cut;
import static dev.smsrunner.ledger.Texts.ofInstant;
import static dev.smsrunner.ledger.Texts.toInstant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.GeneratedKeyHolder;

/** The table of what people ask of runs: anybody may ask, only the holder of the run answers (through its ledger). */
public final class Controls {

    private final JdbcTemplate jdbc;
    private final Clock clock;

    /** Works on the tables of the given database. */
    public Controls(DataSource database, Clock clock) {
        this.jdbc = new JdbcTemplate(database);
        this.clock = clock;
    }

    /**
     * Asks for something; the process that works on the run does it at its next tick.
     *
     * @param row null when it is about the run
     * @param askedBy who asks, and by which way
     * @return the number of the request
     */
    public long ask(String runId, ControlAction action, @Nullable Integer row, String askedBy) {
        var key = new GeneratedKeyHolder();
        jdbc.update(
                connection -> {
                    var insert = connection.prepareStatement(
                            "insert into control (run_id, action, row_no, asked_at, asked_by, state) values (?, ?, ?, ?, ?, 'ASKED')",
                            new String[] {"control_id"});
                    insert.setString(1, runId);
                    insert.setString(2, action.name());
                    insert.setObject(3, row, java.sql.Types.INTEGER);
                    insert.setObject(4, ofInstant(clock.instant()));
                    insert.setString(5, cut(askedBy, 255));
                    return insert;
                },
                key);
        return Objects.requireNonNull(key.getKey()).longValue();
    }

    /** What was asked of the run and is not answered yet, in order. */
    public List<Control> asked(String runId) {
        return jdbc.query(
                "select * from control where run_id = ? and state = 'ASKED' order by control_id",
                Controls::read,
                runId);
    }

    /** What was asked of the run, the latest first, at most so much. */
    public List<Control> latest(String runId, int most) {
        return jdbc.query(
                "select * from control where run_id = ? order by control_id desc limit ?", Controls::read, runId, most);
    }

    private static Control read(ResultSet at, int index) throws SQLException {
        return new Control(
                at.getLong("control_id"),
                ControlAction.valueOf(at.getString("action")),
                at.getObject("row_no", Integer.class),
                Objects.requireNonNull(toInstant(at, "asked_at")),
                at.getString("asked_by"),
                Control.State.valueOf(at.getString("state")),
                toInstant(at, "answered_at"),
                at.getString("answer"));
    }
}
