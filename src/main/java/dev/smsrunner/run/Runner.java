package dev.smsrunner.run;

import dev.smsrunner.act.Actor;
import dev.smsrunner.act.Backoff;
import dev.smsrunner.act.Halt;
import dev.smsrunner.act.NotNowException;
import dev.smsrunner.act.Refusals;
import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.drive.Drive;
import dev.smsrunner.drive.Policy;
import dev.smsrunner.drive.ServiceAwayException;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.jobfile.Cutover;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.JobKind;
import dev.smsrunner.ledger.Database;
import dev.smsrunner.ledger.DatabaseAwayException;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.Migration;
import dev.smsrunner.ledger.Outage;
import dev.smsrunner.ledger.Owner;
import dev.smsrunner.ledger.OwnershipLostException;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.ledger.Tally;
import dev.smsrunner.preflight.Preflight;
import dev.smsrunner.preflight.PreflightStage;
import dev.smsrunner.report.ReportException;
import dev.smsrunner.report.ReportFiles;
import dev.smsrunner.report.Reports;
import dev.smsrunner.run.RunResult.Ending;
import dev.smsrunner.sms.TaskAction;
import dev.smsrunner.task.Specs;
import dev.smsrunner.task.TaskStage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/** Works on one run under its lease, from where the ledger is to its reports. */
final class Runner {

    private static final Logger log = LoggerFactory.getLogger(Runner.class);
    private static final int CALL_THREADS = 24;

    /** A service that is away is waited for so long when rows are never given up. */
    private static final Duration LONG_ENOUGH = Duration.ofDays(3);

    private final Database database;
    private final Path dataDirectory;
    private final CloudAccess cloud;
    private final RunListener listener;
    private final Clock clock;
    private final RandomGenerator random;
    private final Runs runs;

    Runner(
            Database database,
            Path dataDirectory,
            CloudAccess cloud,
            RunListener listener,
            Clock clock,
            RandomGenerator random) {
        this.database = database;
        this.dataDirectory = dataDirectory;
        this.cloud = cloud;
        this.listener = listener;
        this.clock = clock;
        this.random = random;
        this.runs = new Runs(database.source(), clock);
    }

    /** Works on the run until it is finished or halted, and writes its reports in either case. */
    RunResult work(
            RunLease lease, Run run, JobFile job, Supplier<ItemStreamReader<InventoryRow>> inventory, boolean strict) {
        boolean resumed =
                run.endedAt() != null || new Ledger(database.source(), clock, outage(job)).lastRow(run.runId()) > 0;
        var owner = runs.claim(run.runId(), lease.token());
        listener.began(run, resumed);
        try (var runLog = RunLog.open(dataDirectory, run.runId());
                var halt = new RunHalt(runs, run.runId(), lease);
                var signals = new Signals(halt::stop);
                var live = new LiveRows(listener)) {
            var outage = Outage.upTo(job.limits().databaseOutage(), halt::wanted);
            var ledger = new Ledger(database.source(), clock, outage, live::committed);
            int undecided = ledger.takeOver(owner);
            ledger.tell(
                    owner,
                    EventDraft.ofRun(
                            resumed ? "RESUMED" : "BEGUN",
                            undecided == 0 ? null : undecided + " calls have no answer yet"));
            live.reload(ledger, run.runId());
            var failure = steps(lease, run, owner, ledger, job, inventory, strict, halt, live);
            return end(owner, ledger, halt, failure);
        }
    }

    private Optional<Throwable> steps(
            RunLease lease,
            Run run,
            Owner owner,
            Ledger ledger,
            JobFile job,
            Supplier<ItemStreamReader<InventoryRow>> inventory,
            boolean strict,
            RunHalt halt,
            LiveRows live) {
        var calls = Executors.newFixedThreadPool(CALL_THREADS, Runner::daemon);
        try (var session = cloud.open(run, operation -> gate(operation, lease, halt, job))) {
            live.follow(session::figures);
            var work = assemble(owner, ledger, job, inventory, strict, halt, live, session, calls);
            return new JobLauncher(database.source(), work).launch();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            halt.stop();
            return Optional.empty();
        } catch (RuntimeException failure) {
            return Optional.of(failure);
        } finally {
            calls.shutdownNow();
        }
    }

    private Work assemble(
            Owner owner,
            Ledger ledger,
            JobFile job,
            Supplier<ItemStreamReader<InventoryRow>> inventory,
            boolean strict,
            Halt halt,
            LiveRows live,
            CloudAccess.Session session,
            ExecutorService calls) {
        var sms = session.sms();
        var backoff = new Backoff(job.retry().backoff(), random);
        var actor = new Actor(ledger, owner, calls, halt, session::callsPerSecond, clock);
        var told = new StageTeller(listener, live, ledger, owner.runId());
        if (job.job() != JobKind.MIGRATE) {
            return other(owner, ledger, job, inventory, strict, halt, session, actor, backoff, told);
        }
        var specs = new Specs(ledger, job.defaults(), launchedByHand(job));
        var tasks = new TaskStage(sms, actor, ledger, owner, specs, new Refusals(backoff), clock);
        var preflight = new PreflightStage(
                ledger, owner, () -> Preflight.look(sms, launchOnlyWhenTold(job)), job.defaults(), clock);
        Supplier<Drive> drive = () -> new Drive(new Drive.Parts(
                sms,
                ledger,
                owner,
                actor,
                tasks,
                Policy.of(job),
                job.limits().concurrent(),
                job.watch().every(),
                awayLimit(job),
                backoff,
                session::callsPerSecond,
                halt,
                clock,
                time -> Thread.sleep(time.toMillis())));
        return new Work(owner, ledger, inventory, job.defaults(), preflight, tasks, drive, halt, strict, told, clock);
    }

    private Work other(
            Owner owner,
            Ledger ledger,
            JobFile job,
            Supplier<ItemStreamReader<InventoryRow>> inventory,
            boolean strict,
            Halt halt,
            CloudAccess.Session session,
            Actor actor,
            Backoff backoff,
            RunListener told) {
        var other = new OtherJob(job, session, clock);
        var preflight = new PreflightStage(ledger, owner, other::examiner, job.defaults(), clock);
        Supplier<Drive> drive = () -> new Drive(
                new Drive.Pulse(
                        ledger,
                        owner,
                        actor,
                        job.watch().every(),
                        awayLimit(job),
                        backoff,
                        session::callsPerSecond,
                        halt,
                        clock,
                        time -> Thread.sleep(time.toMillis())),
                other.course(ledger, owner, backoff));
        return new Work(owner, ledger, inventory, job.defaults(), preflight, null, drive, halt, strict, told, clock);
    }

    private static Duration awayLimit(JobFile job) {
        return Objects.requireNonNullElse(job.watch().giveUpAfter(), LONG_ENOUGH);
    }

    /** With anything but {@code auto} the run, or a person, launches: the copy must be kept in sync until then. */
    static boolean launchedByHand(JobFile job) {
        return job.cutover().when() != Cutover.When.AUTO || job.cutover().window() != null;
    }

    /** Whether a launch that SMS does by itself would be against what was agreed. */
    static boolean launchOnlyWhenTold(JobFile job) {
        return job.cutover().when() == Cutover.When.MANUAL || job.cutover().window() != null;
    }

    /** Between the decision and this moment a call may have waited minutes for its turn. */
    private void gate(String operation, RunLease lease, Halt halt, JobFile job) {
        if (halt.wanted()) {
            throw new NotNowException("the run was stopped");
        }
        var window = job.cutover().window();
        if (window != null && operation.equals(TaskAction.LAUNCH.call()) && !window.isOpenAt(clock.instant())) {
            throw new NotNowException("the window is closed by now");
        }
        lease.check();
    }

    private RunResult end(Owner owner, Ledger ledger, RunHalt halt, Optional<Throwable> failure) {
        var ending = ending(halt, failure);
        var message = message(ending, owner.runId(), failure);
        if (ending == Ending.BROKEN) {
            failure.ifPresent(cause -> log.error("The run broke off", cause));
        }
        boolean databaseGone = failure.isPresent() && failure.get() instanceof DatabaseAwayException;
        if (ending == Ending.TAKEN_OVER || databaseGone) {
            return new RunResult(owner.runId(), ending, message, null); // it was waited for long enough
        }
        try {
            boolean finished = ending == Ending.FINISHED || ending == Ending.REJECTED;
            ledger.tell(owner, EventDraft.ofRun(finished ? "FINISHED" : "STOPPED", message));
            if (ending == Ending.STOPPED) {
                runs.requestStop(owner.runId()); // not before the ledger said that the run is still ours
            }
            runs.ended(owner, finished ? RunState.FINISHED : RunState.STOPPED);
            return report(owner, ledger, ending, message);
        } catch (DatabaseAwayException | org.springframework.dao.DataAccessException away) {
            return new RunResult(
                    owner.runId(),
                    ending == Ending.FINISHED ? Ending.UNREACHABLE : ending,
                    message(Ending.UNREACHABLE, owner.runId(), Optional.of(away)),
                    null);
        } catch (OwnershipLostException taken) {
            return new RunResult(owner.runId(), Ending.TAKEN_OVER, taken.getMessage(), null);
        }
    }

    private RunResult report(Owner owner, Ledger ledger, Ending ending, @Nullable String message) {
        try {
            ReportFiles files =
                    new Reports(ledger, clock).write(runs.find(owner.runId()).orElseThrow());
            return new RunResult(owner.runId(), ending, message, files);
        } catch (ReportException failure) {
            log.error("The reports could not be written", failure);
            return new RunResult(owner.runId(), ending, failure.getMessage(), null);
        }
    }

    private static Ending ending(Halt halt, Optional<Throwable> failure) {
        if (failure.isPresent() && failure.get() instanceof OwnershipLostException
                || halt.reason() == Halt.Reason.OWNERSHIP_LOST) {
            return Ending.TAKEN_OVER;
        }
        if (failure.isPresent() && failure.get() instanceof RowsRejectedException) {
            return Ending.REJECTED;
        }
        if (halt.reason() == Halt.Reason.STOPPED) {
            return Ending.STOPPED;
        }
        if (failure.isEmpty()) {
            return Ending.FINISHED;
        }
        return unreachable(failure.get()) ? Ending.UNREACHABLE : Ending.BROKEN;
    }

    private static boolean unreachable(Throwable failure) {
        return failure instanceof ApiException
                || failure instanceof ServiceAwayException
                || failure instanceof DatabaseAwayException
                || failure instanceof RuntimeException passing && Outage.passing(passing);
    }

    private static @Nullable String message(Ending ending, String runId, Optional<Throwable> failure) {
        var why = failure.map(Throwable::getMessage).orElse("");
        return switch (ending) {
            case FINISHED -> null;
            case STOPPED -> "Stopped. The work in the cloud goes on; 'resume %s' continues the run.".formatted(runId);
            case TAKEN_OVER ->
                "Another process works on run %s now; this one ended without changing anything more.".formatted(runId);
            case UNREACHABLE -> why + " 'resume %s' continues the run.".formatted(runId);
            case REJECTED -> why;
            case BROKEN ->
                "Internal error: %s. The log of the run tells more; 'resume %s' continues it.".formatted(why, runId);
        };
    }

    private static Outage outage(JobFile job) {
        return Outage.upTo(job.limits().databaseOutage());
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "call");
        thread.setDaemon(true);
        return thread;
    }

    /** Rows come into the ledger without entries of their own, so they are taken over when the next stage begins. */
    private record StageTeller(RunListener listener, LiveRows live, Ledger ledger, String runId)
            implements RunListener {

        @Override
        public void began(Run run, boolean resumed) {
            listener.began(run, resumed);
        }

        @Override
        public void stage(String name) {
            live.reload(ledger, runId);
            listener.stage(name);
        }

        @Override
        public void progress(Tally tally, ApiFigures api) {
            listener.progress(tally, api);
        }

        @Override
        public void said(Migration row, String text) {
            listener.said(row, text);
        }
    }
}
