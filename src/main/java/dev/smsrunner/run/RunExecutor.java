package dev.smsrunner.run;

import dev.smsrunner.cloud.CallCancellation;
import dev.smsrunner.database.Database;
import dev.smsrunner.database.DatabaseAwayException;
import dev.smsrunner.database.DatabaseRetry;
import dev.smsrunner.intent.Backoff;
import dev.smsrunner.intent.IntentExecutor;
import dev.smsrunner.inventory.Plural;
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
import dev.smsrunner.run.lease.RunStopSignal;
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

/** Executes one run under its lease, from the state of its ledger to its reports. */
final class RunExecutor {

    private static final Logger log = LoggerFactory.getLogger(RunExecutor.class);
    private static final int CALL_THREADS = 24;

    /** Time to write the end and the reports of a very large run. */
    private static final Duration REPORT_LIMIT = Duration.ofMinutes(30);

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

    /** Executes the run until it finishes or stops; writes its reports in either case. */
    @SuppressWarnings("try") // the log and the signal handlers work until they are closed
    RunResult execute(RunRequest request) {
        var run = request.run();
        boolean resumed = run.endedAt() != null || hasRows(request);
        var owner = runs.claim(run.runId(), request.lease().token());
        listener.runStarted(run, resumed);
        try (var runLog = RunLog.open(dataDirectory, run.runId());
                var stopSignal = new RunStopSignal(runs, run.runId(), request.lease());
                var signals = new Signals(stopSignal::stop);
                var publisher = new ProgressPublisher(listener)) {
            var outage = DatabaseRetry.upTo(request.job().limits().databaseOutage(), stopSignal::isRequested);
            var ledger = new Ledger(database.source(), clock, outage, publisher::onCommit, publisher::onObservation);
            recordStart(owner, ledger, resumed);
            refuseStaleControls(owner, ledger);
            publisher.reload(ledger, run.runId());
            var failure = steps(request, owner, ledger, stopSignal, publisher);
            request.lease().watchdog().extendLimit(REPORT_LIMIT);
            return end(owner, ledger, stopSignal, failure);
        }
    }

    private boolean hasRows(RunRequest request) {
        var outage = DatabaseRetry.upTo(request.job().limits().databaseOutage(), () -> {
            request.lease().watchdog().heartbeat();
            return false;
        });
        return new Ledger(database.source(), clock, outage)
                        .lastRow(request.run().runId())
                > 0;
    }

    private static void recordStart(FencedRun owner, Ledger ledger, boolean resumed) {
        int unresolved = ledger.takeOver(owner);
        var detail = unresolved == 0 ? null : Plural.of(unresolved, "call") + " without an answer";
        ledger.appendRunEvents(owner, EventDraft.ofRun(resumed ? "RESUMED" : "BEGUN", detail));
    }

    /** Refuses the pending controls of an earlier process. A pause stays in effect, and the operator gets a reminder of it. */
    private void refuseStaleControls(FencedRun owner, Ledger ledger) {
        ledger.pendingControls(owner.runId())
                .forEach(control -> ledger.answerControl(
                        owner,
                        control,
                        Control.State.REFUSED,
                        "requested from an earlier process, which has ended; request it again",
                        List.of()));
        var paused = ledger.pausedAt(owner.runId());
        if (paused != null) {
            var text = "Starts and launches are paused since %s. Use 'control %s resume' to continue them."
                    .formatted(paused.truncatedTo(ChronoUnit.SECONDS), owner.runId());
            log.info(text);
            listener.runMessage(text);
        }
    }

    @SuppressWarnings("try") // the shutdown acts when it is closed
    private Optional<Throwable> steps(
            RunRequest request, FencedRun owner, Ledger ledger, RunStopSignal stopSignal, ProgressPublisher publisher) {
        var cancellation = new CallCancellation(request.lease().watchdog()::heartbeat);
        var gate = new PreSendGuard(stopSignal, request.lease(), request.job().cutover(), clock, cancellation);
        var calls = Executors.newFixedThreadPool(CALL_THREADS, RunExecutor::daemon);
        try (var shutdown = new CallShutdown(stopSignal, cancellation);
                var session = cloud.open(request.run(), gate);
                var recorder = new ApiStatsRecorder(ledger, owner, session::stats, clock, System::nanoTime)) {
            recorder.start();
            publisher.start(session::stats);
            var context = createContext(request, owner, ledger, stopSignal, publisher, session, calls);
            var outage = request.job().limits().databaseOutage();
            return new BatchJobRunner(database.source(), context, request.run().inventoryHash(), outage).run();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            stopSignal.stop();
            return Optional.empty();
        } catch (RuntimeException | Error ex) {
            return Optional.of(ex);
        } finally {
            calls.shutdownNow();
        }
    }

    private RunContext createContext(
            RunRequest request,
            FencedRun owner,
            Ledger ledger,
            RunStopSignal stopSignal,
            ProgressPublisher publisher,
            CloudAccess.Session session,
            ExecutorService calls) {
        var executor = new IntentExecutor(ledger, owner, calls, stopSignal, session::callsPerSecond, clock);
        var backoff = new Backoff(request.job().retry().backoff(), random);
        var reloading = new ReloadingRunListener(listener, publisher, ledger, owner.runId());
        return new RunContextFactory(request, owner, ledger, executor, backoff, session, stopSignal, reloading, clock)
                .create();
    }

    private RunResult end(FencedRun owner, Ledger ledger, RunStopSignal stopSignal, Optional<Throwable> failure) {
        var completion = RunCompletion.of(owner.runId(), stopSignal, failure);
        if (completion.ending() == Ending.BROKEN) {
            failure.ifPresent(cause -> log.error("Run failed", cause));
        }
        boolean databaseGone = failure.isPresent() && failure.get() instanceof DatabaseAwayException;
        if (completion.ending() == Ending.TAKEN_OVER || databaseGone) {
            return result(owner, completion); // the wait for the database is already over
        }
        try {
            recordEnd(owner, ledger, completion);
            return report(owner, ledger, completion);
        } catch (RuntimeException ex) {
            return result(owner, completion.afterWriteFailure(owner.runId(), ex));
        }
    }

    private void recordEnd(FencedRun owner, Ledger ledger, RunCompletion completion) {
        answerPendingControls(owner, ledger, completion.ending());
        ledger.appendRunEvents(
                owner, EventDraft.ofRun(completion.isFinal() ? "FINISHED" : "STOPPED", completion.message()));
        if (completion.ending() == Ending.STOPPED) {
            runs.requestStop(owner.runId()); // after the fenced write has proved the ownership
        }
        runs.end(owner, completion.isFinal() ? RunState.FINISHED : RunState.STOPPED);
    }

    private static void answerPendingControls(FencedRun owner, Ledger ledger, Ending ending) {
        for (var control : ledger.pendingControls(owner.runId())) {
            boolean stopped = control.action() == ControlAction.STOP && ending == Ending.STOPPED;
            ledger.answerControl(
                    owner,
                    control,
                    stopped ? Control.State.DONE : Control.State.REFUSED,
                    stopped
                            ? "stopped; migrations already running in the cloud continue"
                            : "the run ended before it could be done",
                    List.of());
        }
    }

    private RunResult report(FencedRun owner, Ledger ledger, RunCompletion completion) {
        try {
            ReportFiles files =
                    new Reports(ledger, clock).write(runs.find(owner.runId()).orElseThrow());
            return new RunResult(owner.runId(), completion.ending(), completion.message(), files);
        } catch (ReportException ex) {
            log.error("Cannot write the reports", ex);
            return result(owner, new RunCompletion(completion.ending(), ex.getMessage()));
        }
    }

    private static RunResult result(FencedRun owner, RunCompletion completion) {
        return new RunResult(owner.runId(), completion.ending(), completion.message(), null);
    }

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "call");
        thread.setDaemon(true);
        return thread;
    }
}
