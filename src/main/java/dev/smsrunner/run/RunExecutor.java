package dev.smsrunner.run;

import dev.smsrunner.cloud.CallCancellation;
import dev.smsrunner.database.Database;
import dev.smsrunner.database.DatabaseAwayException;
import dev.smsrunner.database.DatabaseRetry;
import dev.smsrunner.intent.Backoff;
import dev.smsrunner.intent.IntentExecutor;
import dev.smsrunner.ledger.Control;
import dev.smsrunner.ledger.ControlAction;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.report.ReportException;
import dev.smsrunner.report.ReportFiles;
import dev.smsrunner.report.Reports;
import dev.smsrunner.run.RunResult.Ending;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works on one run under its lease, from where the ledger is to its reports. */
final class RunExecutor {

    private static final Logger log = LoggerFactory.getLogger(RunExecutor.class);
    private static final int CALL_THREADS = 24;

    /** To write down the end and the reports of a very large run. */
    private static final Duration TO_REPORT = Duration.ofMinutes(30);

    private final Database database;
    private final Path dataDirectory;
    private final CloudAccess cloud;
    private final RunListener listener;
    private final Clock clock;
    private final RandomGenerator random;
    private final Runs runs;

    RunExecutor(
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
    RunResult work(RunRequest assignment) {
        var run = assignment.run();
        boolean resumed = run.endedAt() != null || isBegun(assignment);
        var owner = runs.claim(run.runId(), assignment.lease().token());
        listener.began(run, resumed);
        try (var runLog = RunLog.open(dataDirectory, run.runId());
                var halt = new RunStopSignal(runs, run.runId(), assignment.lease());
                var signals = new Signals(halt::stop);
                var live = new ProgressPublisher(listener)) {
            var outage = DatabaseRetry.upTo(assignment.job().limits().databaseOutage(), halt::wanted);
            var ledger = new Ledger(database.source(), clock, outage, live::committed, live::looked);
            tellBegin(owner, ledger, resumed);
            refuseWhatWasAskedBefore(owner, ledger);
            live.reload(ledger, run.runId());
            var failure = steps(assignment, owner, ledger, halt, live);
            assignment.lease().standstill().allow(TO_REPORT);
            return end(owner, ledger, halt, failure);
        }
    }

    private boolean isBegun(RunRequest assignment) {
        var outage = DatabaseRetry.upTo(assignment.job().limits().databaseOutage(), () -> {
            assignment.lease().standstill().sign();
            return false;
        });
        return new Ledger(database.source(), clock, outage)
                        .lastRow(assignment.run().runId())
                > 0;
    }

    private static void tellBegin(FencedRun owner, Ledger ledger, boolean resumed) {
        int undecided = ledger.takeOver(owner);
        var open = undecided == 0 ? null : undecided + " calls have no answer yet";
        ledger.tell(owner, EventDraft.ofRun(resumed ? "RESUMED" : "BEGUN", open));
    }

    /** Nobody who asked a process that died still waits for it. A pause outlives the process, and people are reminded of it. */
    private void refuseWhatWasAskedBefore(FencedRun owner, Ledger ledger) {
        ledger.asked(owner.runId())
                .forEach(asked -> ledger.answer(
                        owner,
                        asked,
                        Control.State.REFUSED,
                        "asked of an earlier process, which ended before; ask again",
                        List.of()));
        var paused = ledger.pausedAt(owner.runId());
        if (paused != null) {
            var text = "starts and launches are paused since %s; 'control %s resume' lets them go on"
                    .formatted(paused.truncatedTo(ChronoUnit.SECONDS), owner.runId());
            log.info(text);
            listener.noted(text);
        }
    }

    private Optional<Throwable> steps(
            RunRequest assignment, FencedRun owner, Ledger ledger, RunStopSignal halt, ProgressPublisher live) {
        var end = new CallCancellation(assignment.lease().standstill()::sign);
        var gate = new PreSendGuard(halt, assignment.lease(), assignment.job().cutover(), clock, end);
        var calls = Executors.newFixedThreadPool(CALL_THREADS, RunExecutor::daemon);
        try (var ender = new CallShutdown(halt, end);
                var session = cloud.open(assignment.run(), gate);
                var samples = new ApiStatsRecorder(ledger, owner, session::figures, clock, System::nanoTime)) {
            samples.start();
            live.follow(session::figures);
            var work = assemble(assignment, owner, ledger, halt, live, session, calls);
            var outage = assignment.job().limits().databaseOutage();
            return new BatchJobRunner(database.source(), work, assignment.run().inventoryHash(), outage).launch();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            halt.stop();
            return Optional.empty();
        } catch (RuntimeException | Error ex) {
            return Optional.of(ex);
        } finally {
            calls.shutdownNow();
        }
    }

    private RunContext assemble(
            RunRequest assignment,
            FencedRun owner,
            Ledger ledger,
            RunStopSignal halt,
            ProgressPublisher live,
            CloudAccess.Session session,
            ExecutorService calls) {
        var actor = new IntentExecutor(ledger, owner, calls, halt, session::callsPerSecond, clock);
        var backoff = new Backoff(assignment.job().retry().backoff(), random);
        var told = new ReloadingRunListener(listener, live, ledger, owner.runId());
        return new RunContextFactory(assignment, owner, ledger, actor, backoff, session, halt, told, clock).work();
    }

    private RunResult end(FencedRun owner, Ledger ledger, RunStopSignal halt, Optional<Throwable> failure) {
        var conclusion = RunCompletion.of(owner.runId(), halt, failure);
        if (conclusion.ending() == Ending.BROKEN) {
            failure.ifPresent(cause -> log.error("The run broke off", cause));
        }
        boolean databaseGone = failure.isPresent() && failure.get() instanceof DatabaseAwayException;
        if (conclusion.ending() == Ending.TAKEN_OVER || databaseGone) {
            return result(owner, conclusion); // it was waited for long enough
        }
        try {
            writeDown(owner, ledger, conclusion);
            return report(owner, ledger, conclusion);
        } catch (RuntimeException ex) {
            return result(owner, conclusion.unwritten(owner.runId(), ex));
        }
    }

    private void writeDown(FencedRun owner, Ledger ledger, RunCompletion conclusion) {
        answerTheRest(owner, ledger, conclusion.ending());
        ledger.tell(owner, EventDraft.ofRun(conclusion.isFinal() ? "FINISHED" : "STOPPED", conclusion.message()));
        if (conclusion.ending() == Ending.STOPPED) {
            runs.requestStop(owner.runId()); // not before the ledger said that the run is still ours
        }
        runs.ended(owner, conclusion.isFinal() ? RunState.FINISHED : RunState.STOPPED);
    }

    /** Nothing that was asked stays without an answer. */
    private static void answerTheRest(FencedRun owner, Ledger ledger, Ending ending) {
        for (var asked : ledger.asked(owner.runId())) {
            boolean stopped = asked.action() == ControlAction.STOP && ending == Ending.STOPPED;
            ledger.answer(
                    owner,
                    asked,
                    stopped ? Control.State.DONE : Control.State.REFUSED,
                    stopped ? "stopped; what goes on in the cloud goes on" : "the run ended before it could be done",
                    List.of());
        }
    }

    private RunResult report(FencedRun owner, Ledger ledger, RunCompletion conclusion) {
        try {
            ReportFiles files =
                    new Reports(ledger, clock).write(runs.find(owner.runId()).orElseThrow());
            return new RunResult(owner.runId(), conclusion.ending(), conclusion.message(), files);
        } catch (ReportException ex) {
            log.error("The reports could not be written", ex);
            return result(owner, new RunCompletion(conclusion.ending(), ex.getMessage()));
        }
    }

    private static RunResult result(FencedRun owner, RunCompletion conclusion) {
        return new RunResult(owner.runId(), conclusion.ending(), conclusion.message(), null);
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "call");
        thread.setDaemon(true);
        return thread;
    }
}
