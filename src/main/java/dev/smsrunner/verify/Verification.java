package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.text;

import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.RawTables;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.report.ReportFiles;
import dev.smsrunner.sms.SmsApi;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Verification of one run against the invariants. */
public final class Verification {

    /** Invariants that the records of one run cannot prove. */
    private static final Map<String, String> NOT_COVERED = new TreeMap<>(Map.of(
            "I5", "covered by trials: a killed run is compared with an undisturbed one",
            "I15", "covered by trials: a run with a bad row is compared with a run without it",
            "I18", "memory, threads and files of the process must be measured while it runs"));

    private final DataSource database;
    private final Ledger ledger;
    private final JobCalls calls;
    private final Clock clock;
    private final SecretPatterns patterns;
    private final @Nullable Path logs;

    /**
     * @param calls calls of all jobs
     * @param clock only for the age of temporary report files
     */
    public Verification(DataSource database, Ledger ledger, JobCalls calls, Clock clock) {
        this(database, ledger, calls, clock, new SecretPatterns(Map.of()), null);
    }

    /**
     * Verification that also searches for secrets.
     *
     * @param patterns secrets to search for
     * @param logs directory of the logs; null if unknown
     */
    public Verification(
            DataSource database,
            Ledger ledger,
            JobCalls calls,
            Clock clock,
            SecretPatterns patterns,
            @Nullable Path logs) {
        this.database = database;
        this.ledger = ledger;
        this.calls = calls;
        this.clock = clock;
        this.patterns = patterns;
        this.logs = logs;
    }

    /**
     * Verifies the run.
     *
     * @param live whether a process works on the run
     * @param audit audit file of a simulated service; null for none
     * @param sms the service, for a comparison with its current state; null for none
     * @throws IOException if reading the audit fails
     * @throws dev.smsrunner.cloud.ApiException if a request to the service fails
     */
    public VerificationResult of(Run run, boolean live, @Nullable Path audit, @Nullable SmsApi sms) throws IOException {
        var entries = audit == null ? List.<AuditLine>of() : AuditLine.read(audit);
        var cloud = sms == null ? null : CloudCheck.Cloud.read(sms);
        var read = RawTables.read(database, archive -> Snapshot.of(run, archive, patterns));
        return check(run, live, audit != null, entries, cloud, read);
    }

    /**
     * Snapshot of a run, read in one transaction. Further checks use it afterwards, since checking a large run takes longer than
     * the idle timeout of a transaction.
     */
    private record Snapshot(
            Tables tables,
            Findings findings,
            HistoryCheck history,
            WindowCheck windows,
            ControlCheck controls,
            OperatorWishesCheck wishes,
            ReportedFactsCheck facts,
            SecretCheck secrets,
            Replay replay,
            ReplayedTables replayed,
            boolean requiresChain) {

        static Snapshot of(Run run, RawTables archive, SecretPatterns patterns) {
            var tables = Tables.of(archive, run.runId());
            var findings = new Findings(tables.servers());
            var history = new HistoryCheck(run.job(), findings);
            var rows = new OrderedRows(
                    tables, EarlierRows.of(archive, tables.run()), FormerOrders.of(archive, run.runId()));
            var windows = new WindowCheck(rows, findings);
            var controls = new ControlCheck(findings);
            var wishes = new OperatorWishesCheck(run.job(), findings);
            var facts = new ReportedFactsCheck(findings);
            var secrets = new SecretCheck(patterns, findings);
            secrets.read(archive, run.runId());
            token(run, tables, archive, findings);
            new DeletionCheck(tables, archive.migratedRows(run.runId()), findings).check();
            var order = new OrderCheck(rows, findings);
            var gates = new GateCheck(tables, archive.gateDecisions(run.runId()), findings);
            var checks = List.of(
                    history, windows, order, gates, controls, wishes, facts, new EventVolumeCheck(findings), secrets);
            var replay = new Replay(run.runId(), findings, checks);
            return new Snapshot(
                    tables,
                    findings,
                    history,
                    windows,
                    controls,
                    wishes,
                    facts,
                    secrets,
                    replay,
                    replay.replay(archive),
                    archive.chainedSince().map(run.createdAt()::isAfter).orElse(false));
        }

        /** The lease counts its holders; the run has the number of its latest holder. */
        private static void token(Run run, Tables tables, RawTables archive, Findings findings) {
            long ofRun = Tables.whole(tables.run(), "token");
            archive.leaseToken(run.jobKey())
                    .filter(token -> token < ofRun)
                    .ifPresent(token -> findings.violation(
                            "I6",
                            null,
                            "the lease of the run has had %d holders, but the run has token %d".formatted(token, ofRun),
                            "lease " + run.jobKey(),
                            Findings.RESTORE));
        }
    }

    private VerificationResult check(
            Run run,
            boolean live,
            boolean audited,
            List<AuditLine> entries,
            CloudCheck.@Nullable Cloud cloud,
            Snapshot read) {
        var tables = read.tables();
        var findings = read.findings();
        var replay = read.replay();
        if (live) {
            findings.note("A process is working on the run.");
        }
        checkEnd(tables, replay, findings);
        if (replay.isComplete()) {
            new TableCheck(tables, read.replayed(), findings).check();
            read.controls().check(tables);
        } else if (read.requiresChain()) {
            findings.violation(
                    "I20",
                    null,
                    "events have no hash and no recorded change, although the run started after these were introduced",
                    "event 1",
                    Findings.RESTORE);
        } else {
            findings.notChecked("I20", "the run started with a version that did not record the changes of events");
        }
        read.replayed().clear();
        new LedgerCheck(tables, live, read.history().reopenedRows(), findings).check();
        new ReportCheck(run, tables, ledger, replay.last(), findings, clock).check();
        read.facts().check(ReportFiles.directory(run), tables, read.history().reopenedRows());
        read.secrets().tables(tables);
        read.secrets().files(ReportFiles.directory(run), logs, run.runId());
        var targets = new LaunchTargetCheck(tables, findings);
        targets.ledger();
        if (audited) {
            new AuditCheck(entries, tables, calls, read.windows()::settingsAt, read.wishes()::isRequested, findings)
                    .check();
            targets.audit(entries, new Attribution(entries, tables, calls));
        } else {
            findings.notChecked("I3", "no audit of the service; provide one with --audit");
            findings.notChecked("I10", "no audit of the service; provide one with --audit");
        }
        if (cloud == null) {
            findings.notChecked("DRIFT", "the service was not queried; use --remote to query it");
        } else {
            new CloudCheck(cloud, tables, live, findings).check();
            targets.cloud(cloud::source);
        }
        NOT_COVERED.forEach(findings::notChecked);
        findings.maskSecrets(patterns);
        return findings.result(run.runId(), replay.chain());
    }

    private static void checkEnd(Tables tables, Replay replay, Findings findings) {
        long last = Tables.whole(tables.run(), "last_event");
        if (last != replay.last()) {
            findings.violation(
                    "I20",
                    null,
                    last > replay.last()
                            ? "the last events are missing: %d to %d".formatted(replay.last() + 1, last)
                            : "there are events after the last one, %d".formatted(last),
                    "run.last_event %d, event %d".formatted(last, replay.last()),
                    Findings.RESTORE);
        }
        var chain = text(tables.run(), "chain");
        if ((replay.isChained() || !chain.isEmpty()) && !chain.equals(replay.chain())) {
            findings.violation(
                    "I20",
                    null,
                    "the last hash of the event chain differs from the run's hash",
                    "run.chain " + chain,
                    Findings.RESTORE);
        }
        findings.checked(
                "I20", "%s: numbered without gaps, chained".formatted(Findings.count(replay.events(), "event")));
    }
}
