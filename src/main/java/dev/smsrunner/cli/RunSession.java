package dev.smsrunner.cli;

import dev.smsrunner.cli.console.ConsoleRunListener;
import dev.smsrunner.cli.console.HangupHandler;
import dev.smsrunner.cli.console.ProgressPrinter;
import dev.smsrunner.database.Database;
import dev.smsrunner.database.DatabaseRetry;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.notification.Notifier;
import dev.smsrunner.report.ReportException;
import dev.smsrunner.report.Reports;
import dev.smsrunner.run.RunResult;
import dev.smsrunner.run.RunService;
import java.time.Duration;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/** What the commands that work on a run have in common: the database, the way to the cloud, the voice, the ending. */
final class RunSession implements AutoCloseable {

    /** What a command does with the service that begins and continues runs; null when there was nothing to do. */
    @FunctionalInterface
    interface Task {
        @Nullable
        RunResult with(RunService service) throws InterruptedException;
    }

    private final CommonOptions common;
    private final CloudOptions cloud;
    private final DashboardOptions pageChoice;
    private final Database database;
    private final Runs runs;
    private final Ledger ledger;
    private final HangupHandler hangup;

    RunSession(CommonOptions common, CloudOptions cloud, DashboardOptions pageChoice) {
        this.common = common;
        this.cloud = cloud;
        this.pageChoice = pageChoice;
        common.tellExposure();
        this.hangup = HangupHandler.outlive(common.surroundings());
        this.database = common.openDatabase();
        this.runs = new Runs(database.source(), common.clock());
        this.ledger = new Ledger(database.source(), common.clock(), DatabaseRetry.upTo(Duration.ZERO));
    }

    Runs runs() {
        return runs;
    }

    /** The speed limits by time of day that the run has already. */
    Set<String> begunSpeedRules(Run run) {
        return RecordedSpeedRules.of(run, ledger);
    }

    /** Works on a run of the job and tells how it ended. */
    int work(JobFile job, Task task) throws InterruptedException {
        checkReports(job);
        try (var notifier = notifier(job);
                var page = new RunDashboard(pageChoice, common, database)) {
            return work(job, task, notifier, page);
        }
    }

    private int work(JobFile job, Task task, Notifier notifier, RunDashboard page) throws InterruptedException {
        var voice = ProgressPrinter.on(common.console(), common.surroundings());
        var told = new ConsoleRunListener(voice, page::show, page::looked, hangup::logIsOpen);
        var herald = new NotifyingRunListener(told, notifier, common.clock(), common.toRepeat());
        @Nullable RunResult result;
        try (var simulated = new EmbeddedSimulators(common, run -> RunQueries.worldOf(run, runs))) {
            var access = cloud.open(job, common, simulated);
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create();
            result = task.with(new RunService(database, common.data, access, herald, common.clock(), random));
        } finally {
            voice.ended();
        }
        if (result == null) {
            common.console().say("Every row reached its goal; there is nothing to repeat.");
            return ExitCode.OK.code();
        }
        return new RunResultReporter(common, runs, ledger, herald).tell(result).code();
    }

    private Notifier notifier(JobFile job) {
        try {
            return Notifier.of(
                    job.notification(),
                    common.environment(),
                    lost -> common.console().error(lost));
        } catch (IllegalArgumentException ex) {
            throw new CommandException(ExitCode.BAD_INPUT, String.valueOf(ex.getMessage()));
        }
    }

    private static void checkReports(JobFile job) {
        try {
            Reports.verifyWritable(job.report().directory());
        } catch (ReportException ex) {
            throw new CommandException(ExitCode.BAD_INPUT, String.valueOf(ex.getMessage()));
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
