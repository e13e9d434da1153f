package dev.smsrunner.run;

import dev.smsrunner.batch.RunEnd;
import dev.smsrunner.database.DatabaseAwayException;
import dev.smsrunner.ledger.Control;
import dev.smsrunner.ledger.ControlAction;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.report.ReportException;
import dev.smsrunner.report.Reports;
import dev.smsrunner.run.RunResult.Ending;
import dev.smsrunner.run.lease.RunLease;
import dev.smsrunner.run.lease.RunStopSignal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the end of a run and writes its reports, once: in the step {@code report} when every row has ended, else after the
 * batch job.
 */
final class RunFinisher implements RunEnd {

    private static final Logger log = LoggerFactory.getLogger(RunFinisher.class);

    /** Time to write the end and the reports of a very large run. */
    private static final Duration REPORT_LIMIT = Duration.ofMinutes(30);

    private final Runs runs;
    private final Ledger ledger;
    private final FencedRun owner;
    private final RunLease lease;
    private final RunStopSignal stopSignal;
    private final Clock clock;
    private Runnable beforeEnd = () -> {};
    private @Nullable RunResult result;
    private @Nullable Throwable unexpected;

    RunFinisher(Runs runs, Ledger ledger, FencedRun owner, RunLease lease, RunStopSignal stopSignal, Clock clock) {
        this.runs = runs;
        this.ledger = ledger;
        this.owner = owner;
        this.lease = lease;
        this.stopSignal = stopSignal;
        this.clock = clock;
    }

    /** Sets the work before the end is recorded: nothing writes into the ledger after the reports. */
    void beforeEnd(Runnable work) {
        beforeEnd = work;
    }

    @Override
    public boolean finish() {
        if (result != null) {
            return true; // the job was restarted after this step
        }
        var completion = RunCompletion.of(owner.runId(), stopSignal, Optional.empty());
        if (completion.ending() != Ending.FINISHED) {
            return false;
        }
        beforeEnd.run();
        try {
            result = finish(completion);
        } catch (RuntimeException | Error ex) {
            unexpected = ex;
            throw ex;
        }
        return true;
    }

    /** Result of the run after the batch job; records the end unless the job has done so. */
    RunResult resultAfter(Optional<Throwable> failure) {
        if (unexpected instanceof Error ex) {
            throw ex;
        }
        if (unexpected instanceof RuntimeException ex) {
            throw ex;
        }
        if (result != null) {
            failure.ifPresent(ex -> log.warn("The batch job failed after the end of the run", ex));
            return result;
        }
        var completion = RunCompletion.of(owner.runId(), stopSignal, failure);
        if (completion.ending() == Ending.BROKEN) {
            failure.ifPresent(cause -> log.error("Run failed", cause));
        }
        boolean databaseGone = failure.isPresent() && failure.get() instanceof DatabaseAwayException;
        if (completion.ending() == Ending.TAKEN_OVER || databaseGone) {
            return withoutReport(completion); // the wait for the database is already over
        }
        return finish(completion);
    }

    private RunResult finish(RunCompletion completion) {
        lease.watchdog().extendLimit(REPORT_LIMIT);
        try {
            recordEnd(completion);
            return report(completion);
        } catch (RuntimeException ex) {
            return withoutReport(completion.afterWriteFailure(owner.runId(), ex));
        }
    }

    private void recordEnd(RunCompletion completion) {
        answerPendingControls(completion.ending());
        ledger.appendRunEvents(
                owner, EventDraft.ofRun(completion.isFinal() ? "FINISHED" : "STOPPED", completion.message()));
        if (completion.ending() == Ending.STOPPED) {
            runs.recordStop(owner); // after the fenced write has proved the ownership
        }
        runs.end(owner, completion.isFinal() ? RunState.FINISHED : RunState.STOPPED);
    }

    private void answerPendingControls(Ending ending) {
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

    private RunResult report(RunCompletion completion) {
        try {
            var files =
                    new Reports(ledger, clock).write(runs.find(owner.runId()).orElseThrow());
            return new RunResult(owner.runId(), completion.ending(), completion.message(), files);
        } catch (ReportException ex) {
            log.error("Cannot write the reports", ex);
            return withoutReport(new RunCompletion(completion.ending(), ex.getMessage()));
        }
    }

    private RunResult withoutReport(RunCompletion completion) {
        return new RunResult(owner.runId(), completion.ending(), completion.message(), null);
    }
}
