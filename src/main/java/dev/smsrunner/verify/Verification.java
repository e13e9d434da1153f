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

/** Checks one run. */
public final class Verification {

    /** Promises that the record of one run cannot show. */
    private static final Map<String, String> BEYOND = new TreeMap<>(Map.of(
            "I5", "proved by trials: a run that was killed is compared with an undisturbed one",
            "I15", "proved by trials: a run with a bad row is compared with one without it",
            "I18", "memory, threads and files of the process: have to be measured while it runs"));

    private final DataSource database;
    private final Ledger ledger;
    private final Clock clock;
    private final SecretPatterns sought;
    private final @Nullable Path logs;

    /** Reads from the database. The clock only tells which unfinished files were left behind long ago. */
    public Verification(DataSource database, Ledger ledger, Clock clock) {
        this(database, ledger, clock, new SecretPatterns(Map.of()), null);
    }

    /**
     * The same, and looks for secrets.
     *
     * @param sought those to look for
     * @param logs directory of the logs; null when it is not known
     */
    public Verification(DataSource database, Ledger ledger, Clock clock, SecretPatterns sought, @Nullable Path logs) {
        this.database = database;
        this.ledger = ledger;
        this.clock = clock;
        this.sought = sought;
        this.logs = logs;
    }

    /**
     * Checks the run.
     *
     * @param live whether a process works on it now
     * @param audit file that a simulated service wrote; null when there is none
     * @param sms the service, to look at its present state; null not to
     * @throws IOException when the audit cannot be read
     * @throws dev.smsrunner.cloud.ApiException when the service cannot be asked
     */
    public VerificationResult of(Run run, boolean live, @Nullable Path audit, @Nullable SmsApi sms) throws IOException {
        var heard = audit == null ? List.<AuditLine>of() : AuditLine.read(audit);
        var cloud = sms == null ? null : CloudCheck.Cloud.look(sms);
        var read = RawTables.read(database, archive -> Read.of(run, archive, sought));
        return check(run, live, audit != null, heard, cloud, read);
    }

    /**
     * What was read of a run at one moment. A large run takes longer to check than a database server lets a transaction wait:
     * what needs no more than this is checked afterwards.
     */
    private record Read(
            Tables tables,
            Findings findings,
            HistoryCheck history,
            WindowCheck windows,
            ControlCheck controls,
            OperatorWishesCheck people,
            ReportedFactsCheck told,
            SecretCheck secrets,
            Replay replay,
            ReplayedTables fold,
            boolean mustBeChained) {

        static Read of(Run run, RawTables archive, SecretPatterns sought) {
            var tables = Tables.of(archive, run.runId());
            var findings = new Findings(tables.servers());
            var history = new HistoryCheck(run.job(), findings);
            var windows = new WindowCheck(findings);
            var controls = new ControlCheck(findings);
            var people = new OperatorWishesCheck(run.job(), findings);
            var told = new ReportedFactsCheck(findings);
            var secrets = new SecretCheck(sought, findings);
            secrets.read(archive, run.runId());
            token(run, tables, archive, findings);
            var order = new OrderCheck(
                    tables, EarlierRows.of(archive, tables.run()), FormerOrders.of(archive, run.runId()), findings);
            var checks =
                    List.of(history, windows, order, controls, people, told, new EventVolumeCheck(findings), secrets);
            var replay = new Replay(run.runId(), findings, checks);
            return new Read(
                    tables,
                    findings,
                    history,
                    windows,
                    controls,
                    people,
                    told,
                    secrets,
                    replay,
                    replay.walk(archive),
                    archive.chainedSince().map(run.createdAt()::isAfter).orElse(false));
        }

        /** The lease counts its holders; the run has the number of its last one. */
        private static void token(Run run, Tables tables, RawTables archive, Findings findings) {
            long ofRun = Tables.whole(tables.run(), "token");
            archive.leaseToken(run.jobKey())
                    .filter(token -> token < ofRun)
                    .ifPresent(token -> findings.violation(
                            "I6",
                            null,
                            "the lease of the run has had %d holders, the run was held under token %d"
                                    .formatted(token, ofRun),
                            "lease " + run.jobKey(),
                            Findings.RESTORE));
        }
    }

    private VerificationResult check(
            Run run,
            boolean live,
            boolean audited,
            List<AuditLine> heard,
            CloudCheck.@Nullable Cloud cloud,
            Read read) {
        var tables = read.tables();
        var findings = read.findings();
        var replay = read.replay();
        if (live) {
            findings.told("The run is being worked on.");
        }
        ends(tables, replay, findings);
        if (replay.whole()) {
            new TableCheck(tables, read.fold(), findings).check();
            read.controls().check(tables);
        } else if (read.mustBeChained()) {
            findings.violation(
                    "I20",
                    null,
                    "events have no hash and do not tell what they changed, though the run began after that was introduced",
                    "event 1",
                    Findings.RESTORE);
        } else {
            findings.notChecked("I20", "the run began with a version that did not record what events change");
        }
        read.fold().forget();
        new LedgerCheck(tables, live, read.history().reopened(), findings).check();
        new ReportCheck(run, tables, ledger, replay.last(), findings, clock).check();
        read.told().check(ReportFiles.directory(run), tables, read.history().reopened());
        read.secrets().tables(tables);
        read.secrets().files(ReportFiles.directory(run), logs, run.runId());
        var targets = new LaunchTargetCheck(tables, findings);
        targets.ledger();
        if (audited) {
            new AuditCheck(heard, tables, read.windows()::at, read.people()::allowed, findings).check();
            targets.audit(heard, new Attribution(heard, tables));
        } else {
            findings.notChecked("I3", "there is no audit of the service; --audit names one");
            findings.notChecked("I10", "there is no audit of the service; --audit names one");
        }
        if (cloud == null) {
            findings.notChecked("DRIFT", "the service was not asked; --remote asks it");
        } else {
            new CloudCheck(cloud, tables, live, findings).check();
            targets.cloud(cloud::source);
        }
        BEYOND.forEach(findings::notChecked);
        findings.hide(sought);
        return findings.result(run.runId(), replay.chain());
    }

    private static void ends(Tables tables, Replay replay, Findings findings) {
        long last = Tables.whole(tables.run(), "last_event");
        if (last != replay.last()) {
            findings.violation(
                    "I20",
                    null,
                    last > replay.last()
                            ? "the last events are gone: %d to %d".formatted(replay.last() + 1, last)
                            : "there are events after the last one, %d".formatted(last),
                    "run.last_event %d, event %d".formatted(last, replay.last()),
                    Findings.RESTORE);
        }
        var chain = text(tables.run(), "chain");
        if ((replay.isChained() || !chain.isEmpty()) && !chain.equals(replay.chain())) {
            findings.violation(
                    "I20",
                    null,
                    "the chain of events does not end where the run says",
                    "run.chain " + chain,
                    Findings.RESTORE);
        }
        findings.checked("I20", "%d events: numbered without a gap, chained".formatted(replay.events()));
    }
}
