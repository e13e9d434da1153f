package dev.smsrunner.run;

import dev.smsrunner.batch.BatchJobRunner;
import dev.smsrunner.batch.StageListener;
import dev.smsrunner.cloud.CallCancellation;
import dev.smsrunner.database.Database;
import dev.smsrunner.database.DatabaseRetry;
import dev.smsrunner.inventory.Plural;
import dev.smsrunner.ledger.Actor;
import dev.smsrunner.ledger.Control;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.run.lease.RunStopSignal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Executes one run under its lease, from the state of its ledger to its reports. */
record RunExecutor(
        Database database,
        Path dataDirectory,
        CloudAccess cloud,
        RunListener listener,
        Clock clock,
        RandomGenerator random,
        Actor actor) {

    private static final Logger log = LoggerFactory.getLogger(RunExecutor.class);
    private static final int CALL_THREADS = 24;

    /** Executes the run until it finishes or stops; writes its reports in either case. */
    @SuppressWarnings("try") // the log and the signal handlers work until they are closed
    RunResult execute(RunRequest request) {
        var run = request.input().run();
        var runs = new Runs(database.source(), clock);
        boolean resumed = run.endedAt() != null || hasRows(request);
        var owner = runs.claim(run.runId(), request.lease().token());
        listener.runStarted(run, resumed);
        try (var runLog = RunLog.open(dataDirectory, run.runId());
                var stopSignal = new RunStopSignal(runs, run.runId(), request.lease());
                var signals = new Signals(stopSignal::stop);
                var publisher = new ProgressPublisher(listener)) {
            var outage = DatabaseRetry.upTo(request.input().job().limits().databaseOutage(), stopSignal::isRequested);
            var ledger = new Ledger(
                    database.source(), clock, outage, publisher::onCommit, publisher::onObservation, publisher::onGate);
            recordStart(owner, ledger, resumed);
            refuseStaleControls(owner, ledger);
            publisher.reload(ledger, run.runId());
            var finisher = new RunFinisher(runs, ledger, owner, request.lease(), stopSignal, clock);
            return finisher.resultAfter(steps(request, owner, ledger, stopSignal, publisher, finisher));
        }
    }

    private boolean hasRows(RunRequest request) {
        var outage = DatabaseRetry.upTo(request.input().job().limits().databaseOutage(), () -> {
            request.lease().watchdog().heartbeat();
            return false;
        });
        return new Ledger(database.source(), clock, outage)
                        .lastRow(request.input().run().runId())
                > 0;
    }

    private void recordStart(FencedRun owner, Ledger ledger, boolean resumed) {
        int unresolved = ledger.takeOver(owner);
        var calls = unresolved == 0 ? "" : "; %s without an answer".formatted(Plural.of(unresolved, "call"));
        var detail = "by " + actor.text() + calls;
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
            RunRequest request,
            FencedRun owner,
            Ledger ledger,
            RunStopSignal stopSignal,
            ProgressPublisher publisher,
            RunFinisher finisher) {
        var input = request.input();
        var cancellation = new CallCancellation(request.lease().watchdog()::heartbeat);
        var gate = new PreSendGuard(stopSignal, request.lease(), input.job().cutover(), clock, cancellation);
        var calls = Executors.newFixedThreadPool(CALL_THREADS, RunExecutor::daemon);
        try (var shutdown = new CallShutdown(stopSignal, cancellation);
                var session = cloud.open(input.run(), gate);
                var recorder = new ApiStatsRecorder(ledger, owner, session::stats, clock, System::nanoTime)) {
            recorder.start();
            publisher.start(session::stats);
            finisher.beforeEnd(recorder::close);
            StageListener stages = name -> {
                publisher.reload(ledger, owner.runId());
                listener.stageStarted(name);
            };
            return BatchJobRunner.run(Map.ofEntries(
                    Map.entry("dataSource", database.source()),
                    Map.entry("input", input),
                    Map.entry("owner", owner),
                    Map.entry("ledger", ledger),
                    Map.entry("cloud", session),
                    Map.entry("calls", calls),
                    Map.entry("stopSignal", stopSignal),
                    Map.entry("stageListener", stages),
                    Map.entry("runEnd", finisher),
                    Map.entry("random", random),
                    Map.entry("clock", clock)));
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

    private static Thread daemon(Runnable task) {
        var thread = new Thread(task, "call");
        thread.setDaemon(true);
        return thread;
    }
}
