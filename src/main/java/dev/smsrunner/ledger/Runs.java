package dev.smsrunner.ledger;

import static dev.smsrunner.ledger.ColumnCodec.ofInstant;
import static dev.smsrunner.ledger.ColumnCodec.toInstant;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Table of runs. */
public final class Runs {

    private static final String STOP_FOR_ENDED_PROCESS = "the process ended before it could be done";

    private static final String STOPPED_BY_REQUEST = """
            select run_id from run where run_id = ? and (
              exists (select 1 from control
                where control.run_id = run.run_id and action = 'STOP' and state = 'ASKED')
              or exists (select 1 from event request
                where request.run_id = run.run_id
                  and (request.kind = 'RUN' and request.after_text = 'STOP ASKED'
                    or request.kind = 'CONTROL' and request.before_text = 'STOP' and request.after_text = 'DONE')
                  and not exists (select 1 from event claim
                    where claim.run_id = run.run_id and claim.kind = 'RUN' and claim.after_text = 'CLAIMED'
                      and claim.event_no > request.event_no)
                  and not exists (select 1 from event stopped
                    where stopped.run_id = run.run_id and stopped.kind = 'RUN' and stopped.after_text = 'STOPPED'
                      and stopped.token = request.token and stopped.event_no < request.event_no)))
            """;

    private final JdbcTemplate jdbc;
    private final Events events;
    private final Controls controls;
    private final TransactionTemplate transaction;
    private final Clock clock;

    /** Uses the tables of the given database. */
    public Runs(DataSource database, Clock clock) {
        this.jdbc = new JdbcTemplate(database);
        this.events = new Events(jdbc);
        this.controls = new Controls(database, clock);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        this.clock = clock;
    }

    /**
     * Adds a run that is owned under the token.
     *
     * @param begunBy operator who begins the run
     */
    public void add(Run run, Actor begunBy, long token) {
        var columns = initialColumns(run, token);
        columns.put("begun_by", begunBy.name());
        transaction.executeWithoutResult(status -> {
            jdbc.update(
                    "insert into run (%s, run_id, last_event, writes) values (%s?, 0, 0)"
                            .formatted(String.join(", ", columns.keySet()), "?, ".repeat(columns.size())),
                    arguments(columns, run.runId()));
            appendEvent(run.runId(), "ADDED", by(begunBy), columns);
        });
    }

    private static Map<String, @Nullable Object> initialColumns(Run run, long token) {
        var columns = new LinkedHashMap<String, @Nullable Object>();
        columns.put("job", run.job());
        columns.put("job_key", run.jobKey());
        columns.put("job_file", run.jobFile().toString());
        columns.put("job_text", run.jobText());
        columns.put("overrides", ColumnCodec.ofMap(run.overrides()));
        columns.put("settings", ColumnCodec.ofMap(run.settings()));
        columns.put("settings_hash", run.settingsHash());
        columns.put("inventory_file", run.inventoryFile().toString());
        columns.put("inventory_hash", run.inventoryHash());
        columns.put("rerun_of", run.rerunOf());
        columns.put("state", run.state().name());
        columns.put("created_at", ofInstant(run.createdAt()));
        columns.put("report_directory", run.reportDirectory().toString());
        columns.put("token", token);
        return columns;
    }

    /**
     * Sets columns of the run and appends an event about them, in one transaction.
     *
     * @param condition on the row of the run, with its arguments; may be empty
     * @return false when the row does not meet the condition: nothing is changed
     */
    private boolean change(
            String runId,
            String event,
            @Nullable String detail,
            Map<String, @Nullable Object> columns,
            String condition,
            Object... arguments) {
        var sql = "update run set %s = ? where run_id = ? %s"
                .formatted(String.join(" = ?, ", columns.keySet()), condition);
        return Boolean.TRUE.equals(transaction.execute(status -> {
            boolean changed = jdbc.update(sql, arguments(columns, runId, arguments)) > 0;
            if (changed) {
                appendEvent(runId, event, detail, columns);
            }
            return changed;
        }));
    }

    private static @Nullable Object[] arguments(Map<String, @Nullable Object> columns, String runId, Object... more) {
        var all = new ArrayList<@Nullable Object>(columns.values());
        all.add(runId);
        Collections.addAll(all, more);
        return all.toArray();
    }

    /** Appends an event about the run; the transaction has already updated, and thereby locked, its row. */
    private void appendEvent(
            String runId, String event, @Nullable String detail, Map<String, @Nullable Object> columns) {
        var token = jdbc.queryForObject("select token from run where run_id = ?", Long.class, runId);
        var plain = new LinkedHashMap<>(columns);
        plain.replaceAll((column, value) -> ColumnCodec.plain(value));
        events.append(
                runId,
                Objects.requireNonNull(token),
                clock.instant(),
                List.of(EventRecord.ofRun(event, detail, plain)));
    }

    /** Run by its id. */
    public Optional<Run> find(String runId) {
        return jdbc.query("select * from run where run_id = ?", Runs::read, runId).stream()
                .findFirst();
    }

    /** All runs, oldest first. */
    public List<Run> findAll() {
        return jdbc.query("select * from run order by created_at, run_id", Runs::read);
    }

    /** Id of the latest running run with that lease; empty when there is none. */
    public Optional<String> findLatestRunning(String jobKey) {
        return jdbc
                .queryForList(
                        "select run_id from run where job_key = ? and state = 'RUNNING' order by created_at desc, run_id desc limit 1",
                        String.class,
                        jobKey)
                .stream()
                .findFirst();
    }

    /** Latest run with that lease, a rerun included; empty when there is none. */
    public Optional<Run> findLatest(String jobKey) {
        return findLatest("job_key = ?", jobKey);
    }

    /** Whether a holder of the lease with that token, or with a later one, has worked on the run. */
    public boolean isClaimedSince(String runId, long token) {
        return !jdbc.queryForList("select run_id from run where run_id = ? and token >= ?", String.class, runId, token)
                .isEmpty();
    }

    /**
     * Whether an operator has requested the stop of the run since a process last claimed it, executed or not. A process that a
     * signal ended also records a stop, but after its end.
     */
    public boolean isStoppedByRequest(String runId) {
        return !jdbc.queryForList(STOPPED_BY_REQUEST, String.class, runId).isEmpty();
    }

    /** Latest unfinished first run of the job file and inventory. */
    public Optional<Run> findUnfinished(String jobKey) {
        return findLatest("job_key = ? and state <> 'FINISHED' and rerun_of is null", jobKey);
    }

    /** Latest unfinished rerun of the run. */
    public Optional<Run> findUnfinishedRerun(String runId) {
        return findLatest("rerun_of = ? and state <> 'FINISHED'", runId);
    }

    /** Whether the run ends before its first change when preflight rejects a row. */
    public boolean isStrict(String runId) {
        return !jdbc.queryForList("select run_id from run where run_id = ? and strict = true", String.class, runId)
                .isEmpty();
    }

    /** Makes the run strict, also for later processes. */
    public void makeStrict(String runId) {
        change(runId, "STRICT", null, Map.of("strict", true), "and strict = false");
    }

    /** Successor run that has taken over the open rows of the run, or is about to; empty when there is none. */
    public Optional<String> findSuccessor(String runId) {
        return jdbc.queryForList("""
                        select later.run_id from run later join run first on first.run_id = later.rerun_of
                        where later.rerun_of = ? and (first.state <> 'FINISHED' or exists (
                          select 1 from migration where migration.run_id = first.run_id
                            and migration.reason = 'continued by run ' || later.run_id))
                        order by later.created_at desc, later.run_id desc
                        """, String.class, runId).stream().findFirst();
    }

    /** Claims the run for the holder of the token; only this holder may write its ledger. The run is RUNNING again. */
    public FencedRun claim(String runId, long token) {
        var columns = new LinkedHashMap<String, @Nullable Object>();
        columns.put("token", token);
        columns.put("state", RunState.RUNNING.name());
        columns.put("ended_at", null);
        columns.put("stop_requested_at", null);
        transaction.executeWithoutResult(status -> {
            if (!isClaimed(runId, token)) {
                change(runId, "CLAIMED", null, columns, "and token <= ?", token);
            }
            refuseStops(runId, token);
        });
        return new FencedRun(runId, token);
    }

    private boolean isClaimed(String runId, long token) {
        return !jdbc.queryForList("""
                        select run_id from run where run_id = ? and token = ? and state = 'RUNNING' and ended_at is null
                          and stop_requested_at is null
                        """, String.class, runId, token).isEmpty();
    }

    /** Refuses pending stops, which targeted the earlier process. */
    private void refuseStops(String runId, long token) {
        int updated = jdbc.update("update run set token = token where run_id = ? and token = ?", runId, token);
        if (updated == 0) {
            return;
        }
        var now = clock.instant();
        var records = new ArrayList<EventRecord>();
        for (var stop : controls.findPending(runId)) {
            if (stop.action() == ControlAction.STOP) {
                controls.saveAnswer(stop, Control.State.REFUSED, STOP_FOR_ENDED_PROCESS, now);
                var event = EventDraft.ofControl(stop, Control.State.REFUSED, STOP_FOR_ENDED_PROCESS);
                records.add(EventRecord.ofControl(event, Map.of()));
            }
        }
        events.append(runId, token, now, records);
    }

    /** Ends the run, finished or to be resumed. */
    public void end(FencedRun owner, RunState state) {
        var columns = new LinkedHashMap<String, @Nullable Object>();
        columns.put("state", state.name());
        columns.put("ended_at", ofInstant(clock.instant()));
        if (!change(owner.runId(), "ENDED", state.name(), columns, "and token = ?", owner.token())) {
            throw new OwnershipLostException(owner);
        }
    }

    /** Applies settings that the operator accepted. */
    public void acceptSettings(
            String runId,
            String jobText,
            Map<String, String> overrides,
            Map<String, String> settings,
            String hash,
            Actor acceptedBy) {
        var columns = new LinkedHashMap<String, @Nullable Object>();
        columns.put("job_text", jobText);
        columns.put("overrides", ColumnCodec.ofMap(overrides));
        columns.put("settings", ColumnCodec.ofMap(settings));
        columns.put("settings_hash", hash);
        change(runId, "SETTINGS ACCEPTED", by(acceptedBy), columns, "");
    }

    /** Text of an event about the operator who caused it. */
    static String by(Actor actor) {
        return "by " + actor.text();
    }

    /** Requests a stop for an operator; the process of the run notices it within a second. */
    public void requestStop(String runId, Actor requestedBy) {
        requestStop(runId, by(requestedBy));
    }

    /** Records the stop by a signal, unless an operator has requested one. */
    public void recordStop(FencedRun owner) {
        requestStop(owner.runId(), (String) null);
    }

    private void requestStop(String runId, @Nullable String detail) {
        change(
                runId,
                "STOP ASKED",
                detail,
                Collections.singletonMap("stop_requested_at", ofInstant(clock.instant())),
                "and stop_requested_at is null");
    }

    /** Whether a stop of the run is requested. */
    public boolean isStopRequested(String runId) {
        return !jdbc.queryForList("""
                        select run_id from run where run_id = ? and (stop_requested_at is not null or exists
                          (select 1 from control where control.run_id = run.run_id and action = 'STOP' and state = 'ASKED'))
                        """, String.class, runId).isEmpty();
    }

    /** Number of rows by run and outcome; open rows count under the empty text. */
    public Map<String, Map<String, Integer>> outcomeCounts() {
        var counts = new LinkedHashMap<String, Map<String, Integer>>();
        jdbc.query(
                "select run_id, coalesce(outcome, '') as ended, count(*) as rows_ended from migration group by run_id, outcome",
                at -> {
                    counts.computeIfAbsent(at.getString("run_id"), id -> new LinkedHashMap<>())
                            .put(at.getString("ended"), at.getInt("rows_ended"));
                });
        return counts;
    }

    private Optional<Run> findLatest(String condition, String value) {
        return jdbc
                .query(
                        "select * from run where " + condition + " order by created_at desc, run_id desc limit 1",
                        Runs::read,
                        value)
                .stream()
                .findFirst();
    }

    private static Run read(ResultSet at, int index) throws SQLException {
        return new Run(
                at.getString("run_id"),
                at.getString("job"),
                at.getString("job_key"),
                Path.of(at.getString("job_file")),
                at.getString("job_text"),
                ColumnCodec.toMap(at.getString("overrides")),
                ColumnCodec.toMap(at.getString("settings")),
                at.getString("settings_hash"),
                Path.of(at.getString("inventory_file")),
                at.getString("inventory_hash"),
                at.getString("rerun_of"),
                RunState.valueOf(at.getString("state")),
                Objects.requireNonNull(toInstant(at, "created_at")),
                toInstant(at, "ended_at"),
                toInstant(at, "stop_requested_at"),
                Path.of(at.getString("report_directory")));
    }
}
