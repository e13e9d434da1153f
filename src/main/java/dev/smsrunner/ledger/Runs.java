package dev.smsrunner.ledger;

import static dev.smsrunner.ledger.Texts.ofInstant;
import static dev.smsrunner.ledger.Texts.toInstant;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table of the runs. */
public final class Runs {

    private static final String INSERT = """
            insert into run (run_id, job, job_key, job_file, job_text, overrides, settings, settings_hash, inventory_file,
              inventory_hash, rerun_of, state, created_at, report_directory, token, last_event, writes)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)
            """;

    private final JdbcTemplate jdbc;
    private final Clock clock;

    /** Works on the tables of the given database. */
    public Runs(DataSource database, Clock clock) {
        this.jdbc = new JdbcTemplate(database);
        this.clock = clock;
    }

    /** Adds a run that is worked on under the token. */
    public void add(Run run, long token) {
        jdbc.update(
                INSERT,
                run.runId(),
                run.job(),
                run.jobKey(),
                run.jobFile().toString(),
                run.jobText(),
                Texts.ofMap(run.overrides()),
                Texts.ofMap(run.settings()),
                run.settingsHash(),
                run.inventoryFile().toString(),
                run.inventoryHash(),
                run.rerunOf(),
                run.state().name(),
                ofInstant(run.createdAt()),
                run.reportDirectory().toString(),
                token);
    }

    /** The run with the id. */
    public Optional<Run> find(String runId) {
        return jdbc.query("select * from run where run_id = ?", Runs::read, runId).stream()
                .findFirst();
    }

    /** Every run, oldest first. */
    public List<Run> all() {
        return jdbc.query("select * from run order by created_at, run_id", Runs::read);
    }

    /** The latest unfinished first run of the job file and inventory. */
    public Optional<Run> unfinished(String jobKey) {
        return latest("job_key = ? and state <> 'FINISHED' and rerun_of is null", jobKey);
    }

    /** The latest unfinished rerun of the run. */
    public Optional<Run> unfinishedRerun(String runId) {
        return latest("rerun_of = ? and state <> 'FINISHED'", runId);
    }

    /** From now on only the holder of this token writes the run's ledger; it is under way again. */
    public Owner claim(String runId, long token) {
        jdbc.update("""
                update run set token = ?, state = 'RUNNING', ended_at = null, stop_requested_at = null
                where run_id = ? and token <= ?
                """, token, runId, token);
        return new Owner(runId, token);
    }

    /** The run ended, finished or to be resumed. */
    public void ended(Owner owner, RunState state) {
        int ours = jdbc.update(
                "update run set state = ?, ended_at = ? where run_id = ? and token = ?",
                state.name(),
                ofInstant(clock.instant()),
                owner.runId(),
                owner.token());
        if (ours == 0) {
            throw new OwnershipLostException(owner);
        }
    }

    /** The run goes on with other settings, which a person accepted. */
    public void accept(
            String runId, String jobText, Map<String, String> overrides, Map<String, String> settings, String hash) {
        jdbc.update(
                "update run set job_text = ?, overrides = ?, settings = ?, settings_hash = ? where run_id = ?",
                jobText,
                Texts.ofMap(overrides),
                Texts.ofMap(settings),
                hash,
                runId);
    }

    /** Asks the run to stop; its process sees it within a second. */
    public void requestStop(String runId) {
        jdbc.update(
                "update run set stop_requested_at = ? where run_id = ? and stop_requested_at is null",
                ofInstant(clock.instant()),
                runId);
    }

    /** Whether somebody asked the run to stop. */
    public boolean stopRequested(String runId) {
        return !jdbc.queryForList(
                        "select run_id from run where run_id = ? and stop_requested_at is not null",
                        String.class,
                        runId)
                .isEmpty();
    }

    /** How many rows of each run ended how; open rows count under the empty text. */
    public Map<String, Map<String, Integer>> outcomes() {
        var counts = new LinkedHashMap<String, Map<String, Integer>>();
        jdbc.query(
                "select run_id, coalesce(outcome, '') as ended, count(*) as rows_ended from migration group by run_id, outcome",
                at -> {
                    counts.computeIfAbsent(at.getString("run_id"), id -> new LinkedHashMap<>())
                            .put(at.getString("ended"), at.getInt("rows_ended"));
                });
        return counts;
    }

    private Optional<Run> latest(String condition, String value) {
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
                Texts.toMap(at.getString("overrides")),
                Texts.toMap(at.getString("settings")),
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
