package dev.smsrunner.cli;

import dev.smsrunner.cli.console.ConsoleRunListener;
import dev.smsrunner.cli.console.HangupHandler;
import dev.smsrunner.cli.console.ProgressPrinter;
import dev.smsrunner.database.Database;
import dev.smsrunner.database.DatabaseRetry;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.ledger.Actor;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.notification.Notifier;
import dev.smsrunner.report.ReportException;
import dev.smsrunner.report.Reports;
import dev.smsrunner.run.RunResult;
import dev.smsrunner.run.RunService;
import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/** Shared part of the commands that execute a run: database, cloud access, progress output, result. */
final class RunSession implements AutoCloseable {

    /** Operation of a command on the run service; returns null when there was nothing to do. */
    @FunctionalInterface
    interface RunOperation {
        @Nullable
        RunResult execute(RunService service) throws InterruptedException;
    }

    private final CommonOptions common;
    private final CloudOptions cloud;
    private final DashboardOptions pageOptions;
    private final Database database;
    private final Runs runs;
    private final Ledger ledger;
    private final HangupHandler hangup;
    private final Actor actor;

    RunSession(CommonOptions common, CloudOptions cloud, DashboardOptions pageOptions) {
        this.common = common;
        this.cloud = cloud;
        this.pageOptions = pageOptions;
        this.actor = common.actor();
        common.warnIfDatabaseTlsIsUnverified();
        this.hangup = HangupHandler.install(common.context());
        this.database = common.openDatabase();
        this.runs = new Runs(database.source(), common.clock());
        this.ledger = new Ledger(database.source(), common.clock(), DatabaseRetry.upTo(Duration.ZERO));
    }

    Runs runs() {
        return runs;
    }

    /** Inventory that the run has accepted. */
    RecordedInventory recordedInventory(Run run) {
        return RecordedInventory.of(run, ledger);
    }

    /** Executes a run of the job and reports its result. */
    int execute(JobFile job, RunOperation operation) throws InterruptedException {
        checkReports(job);
        try (var notifier = notifier(job);
                var page = new RunDashboard(pageOptions, common, database)) {
            return execute(job, operation, notifier, page);
        }
    }

    private int execute(JobFile job, RunOperation operation, Notifier notifier, RunDashboard page)
            throws InterruptedException {
        var printer = ProgressPrinter.of(common.console(), common.context());
        var console = new ConsoleRunListener(printer, page::show, page::rowsObserved, page::apiUsed, hangup::logOpened);
        var listener = new NotifyingRunListener(console, notifier, common.clock(), common.suggested());
        @Nullable RunResult result;
        try (var simulated = new EmbeddedSimulators(common, run -> RunQueries.worldOf(run, runs))) {
            var access = cloud.open(job, common, simulated);
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create();
            result = operation.execute(
                    new RunService(database, common.data, access, listener, common.clock(), random, actor));
        } finally {
            printer.finish();
        }
        if (result == null) {
            common.console().info("Every row reached its goal; there is nothing to repeat.");
            return ExitCode.OK.code();
        }
        return new RunResultReporter(common, runs, ledger, listener)
                .report(result)
                .code();
    }

    private Notifier notifier(JobFile job) {
        try {
            return Notifier.of(
                    job.notification(),
                    common.environment(),
                    problem -> common.console().error(problem));
        } catch (IllegalArgumentException ex) {
            throw CommandException.badInput(String.valueOf(ex.getMessage()));
        }
    }

    private static void checkReports(JobFile job) {
        try {
            Reports.verifyWritable(job.report().directory());
        } catch (ReportException ex) {
            throw CommandException.badInput(String.valueOf(ex.getMessage()));
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
