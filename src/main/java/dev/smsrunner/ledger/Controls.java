package dev.smsrunner.ledger;

import static dev.smsrunner.ledger.ColumnCodec.clean;
import static dev.smsrunner.ledger.ColumnCodec.cut;
import static dev.smsrunner.ledger.ColumnCodec.ofInstant;
import static dev.smsrunner.ledger.ColumnCodec.toInstant;

import dev.smsrunner.inventory.ServerName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.GeneratedKeyHolder;

/** Table of operator controls. Any process may submit one; only the owner of the run answers, through its ledger. */
public final class Controls {

    private static final String INSERT = """
            insert into control
              (run_id, action, row_no, asked_at, asked_by, actor, gate_name, wave, comment_text, state)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'ASKED')
            """;

    private final JdbcTemplate jdbc;
    private final Clock clock;

    /** Uses the tables of the given database. */
    public Controls(DataSource database, Clock clock) {
        this.jdbc = new JdbcTemplate(database);
        this.clock = clock;
    }

    /**
     * Submits a control; the process that works on the run handles it in its next pass.
     *
     * @return the id of the control
     */
    public long submit(String runId, ControlRequest request) {
        var key = new GeneratedKeyHolder();
        jdbc.update(
                connection -> {
                    var insert = connection.prepareStatement(INSERT, new String[] {"control_id"});
                    insert.setString(1, runId);
                    insert.setString(2, request.action().name());
                    insert.setObject(3, request.row(), java.sql.Types.INTEGER);
                    insert.setObject(4, ofInstant(clock.instant()));
                    insert.setString(5, cut(request.actor().text(), 255));
                    insert.setString(6, request.actor().name());
                    insert.setString(7, request.gate());
                    insert.setString(8, request.wave());
                    insert.setString(9, clean(request.comment()));
                    return insert;
                },
                key);
        return Objects.requireNonNull(key.getKey()).longValue();
    }

    /** Pending controls of the run, in order. */
    public List<Control> findPending(String runId) {
        return jdbc.query(
                "select * from control where run_id = ? and state = 'ASKED' order by control_id",
                Controls::read,
                runId);
    }

    /** Control by its id. */
    public Optional<Control> find(long id) {
        return jdbc.query("select * from control where control_id = ?", Controls::read, id).stream()
                .findFirst();
    }

    /** Latest controls of the run, newest first. */
    public List<Control> findLatest(String runId, int limit) {
        return jdbc.query(
                "select * from control where run_id = ? order by control_id desc limit ?",
                Controls::read,
                runId,
                limit);
    }

    @Nullable
    Instant pausedAt(String runId) {
        return pausedAt(jdbc, runId);
    }

    private static @Nullable Instant pausedAt(JdbcTemplate jdbc, String runId) {
        var found = jdbc.query(
                "select paused_at from run where run_id = ?",
                (at, index) -> Optional.ofNullable(toInstant(at, "paused_at")),
                runId);
        return found.isEmpty() ? null : found.get(0).orElse(null);
    }

    static ActiveControls active(JdbcTemplate jdbc, String runId, EarlierRuns earlier) {
        var launches = LaunchRequests.load(jdbc, runId);
        var pausedAt = pausedAt(jdbc, runId);
        var outside = ExternalState.of(jdbc, runId, earlier);
        return new ActiveControls(
                pausedAt,
                pausedAt == null ? "" : pausedBy(jdbc, runId),
                launches.all(),
                launches.forcedBy(),
                launches.overridden(),
                outside.accepted(),
                outside.serviceAwaySince(),
                new GateTable(jdbc).load(runId));
    }

    private static String pausedBy(JdbcTemplate jdbc, String runId) {
        var found = jdbc.queryForList(
                "select asked_by from control where run_id = ? and state = 'DONE' and action = 'PAUSE' order by control_id desc limit 1",
                String.class,
                runId);
        return found.isEmpty() ? "" : found.get(0);
    }

    /**
     * Known state outside the run.
     *
     * @param accepted servers whose targets run, by evidence: observed by this run, or successful in a run that this one
     *     repeats
     * @param serviceAwaySince start of an outage of the service; null when there is none
     */
    private record ExternalState(
            Set<String> accepted, @Nullable Instant serviceAwaySince) {

        static ExternalState of(JdbcTemplate jdbc, String runId, EarlierRuns earlier) {
            var keys = new HashSet<String>();
            var away = new Instant[1];
            jdbc.query(
                    """
                    select kind, before_text, after_text, detail, happened_at from event
                    where run_id = ? and (kind = 'DEPENDENCY' or kind = 'RUN' and after_text in (?, ?))
                    order by event_no
                    """,
                    at -> {
                        if (at.getString("kind").equals("DEPENDENCY")) {
                            keys.add(at.getString("before_text"));
                        } else {
                            away[0] = ServiceOutageEvents.since(
                                    at.getString("after_text"), at.getString("detail"), toInstant(at, "happened_at"));
                        }
                    },
                    runId,
                    ServiceOutageEvents.AWAY,
                    ServiceOutageEvents.BACK);
            earlier.serversReachedBefore(runId).forEach(name -> keys.add(ServerName.key(name)));
            return new ExternalState(keys, away[0]);
        }
    }

    void saveAnswer(Control control, Control.State state, String answer, Instant now) {
        jdbc.update(
                "update control set state = ?, answered_at = ?, answer = ? where control_id = ?",
                state.name(),
                ofInstant(now),
                clean(answer),
                control.id());
    }

    /** Applies a control to the run as a whole and returns the changed columns. */
    Map<String, @Nullable Object> apply(FencedRun owner, ControlAction action, Instant now) {
        return switch (action) {
            case STOP -> set(owner, "stop_requested_at", now, "stop_requested_at is null");
            case PAUSE -> set(owner, "paused_at", now, "paused_at is null");
            case RESUME -> set(owner, "paused_at", null, "paused_at is not null");
            case RETRY, RETRY_ALL, LAUNCH, LAUNCH_FORCED, SKIP, SKIP_RUNNING, APPROVE, DENY -> Map.of();
        };
    }

    private Map<String, @Nullable Object> set(
            FencedRun owner, String column, @Nullable Instant value, String condition) {
        var at = ofInstant(value);
        int changed =
                jdbc.update("update run set " + column + " = ? where run_id = ? and " + condition, at, owner.runId());
        return changed == 0 ? Map.of() : Collections.singletonMap(column, ColumnCodec.plain(at));
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
                at.getString("answer"),
                at.getString("actor"),
                at.getString("gate_name"),
                at.getString("wave"),
                at.getString("comment_text"));
    }
}
