package dev.smsrunner.report;

import dev.smsrunner.database.Database;
import dev.smsrunner.database.DatabaseRetry;
import dev.smsrunner.ledger.ActualTarget;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Consistency;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Intent;
import dev.smsrunner.ledger.LeaseHolder;
import dev.smsrunner.ledger.Leases;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.ledger.StoredInventoryLine;
import dev.smsrunner.support.TestLedger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** Embedded database with a sample run whose rows have every outcome or are open. */
public final class SampleLedger implements AutoCloseable {

    public static final String RUN_ID = "20261121-2200-7f3c";
    public static final Instant BEGIN = Instant.parse("2026-11-21T22:00:00Z");
    public static final LeaseHolder HOLDER = new LeaseHolder("ops-1", "machine-1", 4711, "2026-11-21T21:59:59Z");

    static {
    }

    private final Path directory;
    private final Database database;
    private final Clock clock = Clock.fixed(BEGIN.plus(Duration.ofHours(3)), ZoneOffset.UTC);

    public SampleLedger(Path directory) {
        this.directory = directory;
        this.database = Database.open(data(), null, Map.of());
    }

    /** Directory of the database. */
    public Path data() {
        return directory.resolve("data");
    }

    /** Report directory of the job file. */
    public Path reports() {
        return directory.resolve("reports");
    }

    public Runs runs() {
        return new Runs(database.source(), clock);
    }

    public Leases leases() {
        return new Leases(database.source());
    }

    public Ledger ledger() {
        return new Ledger(database.source(), clock, DatabaseRetry.upTo(Duration.ZERO));
    }

    /** The ledger with another clock. */
    Ledger ledger(Instant now) {
        return new Ledger(database.source(), Clock.fixed(now, ZoneOffset.UTC), DatabaseRetry.upTo(Duration.ZERO));
    }

    /** The runs with another clock. */
    Runs runs(Instant now) {
        return new Runs(database.source(), Clock.fixed(now, ZoneOffset.UTC));
    }

    /** Adds call statistics of the run. */
    void addSample(Instant at, double seconds, int calls, int throttled, double limit) {
        new JdbcTemplate(database.source())
                .update(
                        "insert into api_sample (run_id, sampled_at, token, seconds, calls, throttled, rate_limit) values (?, ?, 1, ?, ?, ?, ?)",
                        RUN_ID,
                        at.atOffset(ZoneOffset.UTC),
                        seconds,
                        calls,
                        throttled,
                        limit);
    }

    public Run run() {
        return runs().find(RUN_ID).orElseThrow();
    }

    public Reports reporter() {
        return new Reports(ledger(), clock);
    }

    /** Adds a run without rows, with a lease of {@link #HOLDER}. */
    public FencedRun begin(String runId, String jobKey, Instant at) {
        var leases = leases();
        var lease = leases.find(jobKey);
        if (!leases.take(lease, HOLDER)) {
            throw new IllegalStateException("lease taken by another holder");
        }
        runs().add(run(runId, jobKey, at), TestLedger.OPERATOR, lease.token() + 1);
        return new FencedRun(runId, lease.token() + 1);
    }

    private Run run(String runId, String jobKey, Instant at) {
        return new Run(
                runId,
                "migrate",
                jobKey,
                Path.of("/jobs/migrate.yaml"),
                "job: migrate",
                Map.of(),
                Map.of(),
                "5e77",
                Path.of("/jobs/inventory.csv"),
                "1a2b",
                null,
                RunState.RUNNING,
                at,
                null,
                null,
                reports());
    }

    /** Adds the run with six rows (migrated, failed, rejected, skipped, two open) and a lease. */
    public FencedRun fill() {
        var owner = begin(RUN_ID, "key-1", BEGIN);
        var rows = List.of(
                row(1, 2, "erp-db-01", "wave-1"),
                row(2, 3, "erp-db-02", "wave-1"),
                row(3, 4, "fs-01", "wave-2"),
                row(4, 5, "hr-app-01", "wave-10"),
                row(5, 6, "hr-app-02", "wave-2"),
                row(6, 9, "müll-01", ""));
        ledger().append(
                        owner,
                        rows,
                        List.of(
                                line(1, 2, "erp-db-01", "wave-1", "plain", ""),
                                line(2, 3, "erp-db-02", "wave-1", "=cmd|' /C calc'!A0", "ask \"Ann\", please"),
                                line(3, 4, "fs-01", "wave-2", "+1", ""),
                                line(4, 5, "hr-app-01", "wave-10", "", ""),
                                line(5, 6, "hr-app-02", "wave-2", "@SUM(1)", "two\nlines"),
                                line(6, 9, "müll-01", "", "-1", "＝1+1")));
        ledger().appendRunEvents(owner, EventDraft.ofRun("RUNNING", "began"));
        ledger().write(
                        owner,
                        List.of(
                                LedgerWrite.of(
                                        migrated(rows.get(0)), List.of(stage(rows.get(0), "PLANNED", "TASK_READY"))),
                                LedgerWrite.of(
                                        failed(rows.get(1)), List.of(stage(rows.get(1), "REPLICATING", "CLOSED"))),
                                LedgerWrite.of(
                                        rows.get(2)
                                                .end(
                                                        Outcome.REJECTED,
                                                        "fs-01 (row 3): the agent is disconnected. Start it, then rerun.",
                                                        BEGIN.plusSeconds(5)),
                                        List.of()),
                                LedgerWrite.of(
                                        rows.get(3).end(Outcome.SKIPPED, "already migrated", BEGIN.plusSeconds(5)),
                                        List.of()),
                                LedgerWrite.of(replicating(rows.get(4)), List.of())));
        create(owner, rows.get(4));
        return owner;
    }

    /** Ends the run; open rows fail. */
    public void finish(FencedRun owner) {
        var open = ledger().findOpen(owner.runId());
        ledger().write(
                        owner,
                        open.stream()
                                .map(row -> LedgerWrite.of(
                                        row.end(Outcome.FAILED, "given up", BEGIN.plusSeconds(9_000)), List.of()))
                                .toList());
        runs().end(owner, RunState.FINISHED);
    }

    public static LedgerRow row(int row, int line, String name, String wave) {
        return LedgerRow.planned(RUN_ID, row, line, name, wave, 0, List.of(), BEGIN);
    }

    private static StoredInventoryLine line(int row, int line, String name, String wave, String note, String comment) {
        var cells = new LinkedHashMap<String, String>();
        cells.put("wave_name", wave);
        cells.put("server_name", name);
        cells.put("outcome", note);
        cells.put("comment", comment);
        return new StoredInventoryLine(row, line, cells);
    }

    private static LedgerRow migrated(LedgerRow row) {
        return row.withSource("src-1", null)
                .withTask("task-1", BEGIN.plusSeconds(10))
                .withStage(Stage.STARTED, BEGIN.plusSeconds(20))
                .withAttempt()
                .withStage(Stage.SYNCING, BEGIN.plusSeconds(3_600))
                .withStage(Stage.LAUNCHING, BEGIN.plusSeconds(3_700))
                .withObserved(new ObservedState(
                        "MIGRATE_SUCCESS",
                        "finished",
                        "cutovered",
                        true,
                        null,
                        BEGIN.plusSeconds(3_800),
                        new ActualTarget(false, "ecs-made-1", "ap-southeast-3", "erp")))
                .withConsistency(new Consistency(
                        Consistency.State.SAME,
                        0,
                        "/: 0 different, 0 missing, 0 more of 1200",
                        BEGIN.plusSeconds(3_810)))
                .end(Outcome.MIGRATED, null, BEGIN.plusSeconds(3_820));
    }

    private static LedgerRow failed(LedgerRow row) {
        return row.withSource("src-2", null)
                .withTask("task-2", BEGIN.plusSeconds(10))
                .withStage(Stage.STARTED, BEGIN.plusSeconds(20))
                .withAttempt()
                .withFailure(new Failure(
                        "SMS.0515",
                        "The target of erp-db-02 was deleted.",
                        "target",
                        "Delete the task and run 'rerun'.",
                        "req-77"))
                .end(Outcome.FAILED, "given up after 1 start", BEGIN.plusSeconds(100));
    }

    private static LedgerRow replicating(LedgerRow row) {
        return row.withSource("src-5", null)
                .withTask("task-5", BEGIN.plusSeconds(11))
                .withStage(Stage.STARTED, BEGIN.plusSeconds(21))
                .withAttempt()
                .withStage(Stage.REPLICATING, BEGIN.plusSeconds(61))
                .withObserved(new ObservedState(
                        "RUNNING", "replicate", "replicating", true, "12 of 40 GB", BEGIN.plusSeconds(90), null))
                .withAttention("no progress for 45 minutes");
    }

    private void create(FencedRun owner, LedgerRow row) {
        var intent = Intent.open(row.row(), Operation.CREATE, 1, "src-5", BEGIN.plusSeconds(9));
        ledger().write(owner, List.of(LedgerWrite.ofCall(replicating(row), intent)));
        var answered = intent.withAnswer(CallState.DONE, BEGIN.plusSeconds(10), 200, null, "req-5", null);
        ledger().write(owner, List.of(LedgerWrite.ofCall(replicating(row), answered)));
    }

    private static EventDraft stage(LedgerRow row, String before, String after) {
        return EventDraft.ofRow(row, EventKind.STAGE, before, after, null);
    }

    @Override
    public void close() {
        database.close();
    }
}
