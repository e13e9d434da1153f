package dev.smsrunner.run;

import dev.smsrunner.intent.Backoff;
import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.job.action.ActionJob;
import dev.smsrunner.job.changestate.ChangestateJob;
import dev.smsrunner.job.stopdcs.StopDcsJob;
import dev.smsrunner.job.update.UpdateJob;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.preflight.Examiner;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.DesiredRows;
import dev.smsrunner.reconcile.JobReconciler;
import dev.smsrunner.reconcile.SingleCallReconciler;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

/** Examiner and reconciler of each job except migrate. */
record BulkJobs(JobFile job, CloudAccess.Session session, Clock clock) {

    /** Creates the preflight examiner of the job. */
    Examiner examiner() {
        return switch (job.job()) {
            case ACTION -> ActionJob.examiner(session.sms(), clock);
            case CHANGESTATE -> ChangestateJob.examiner(session.sms(), clock);
            case STOP_DCS -> StopDcsJob.examiner(session.dcs(), Objects.requireNonNull(job.stopDcs()), clock);
            case UPDATE -> UpdateJob.examiner(session.sms(), directory());
            case MIGRATE -> throw unsupportedJob();
        };
    }

    /** Base directory of relative paths in the job file and the inventory. */
    private Path directory() {
        return Objects.requireNonNull(job.file().toAbsolutePath().getParent());
    }

    /** Creates the reconciler of the current ledger rows. */
    JobReconciler<?> reconciler(Ledger ledger, FencedRun owner, Backoff backoff) {
        var failurePolicy = new CallFailurePolicy(
                backoff, ledger.refusalCounts(owner.runId()), job.watch().giveUpAfter());
        var desired = new DesiredRows(ledger, owner.runId(), job.defaults());
        return switch (job.job()) {
            case ACTION ->
                singleCall(new ActionJob(
                        session.sms(),
                        desired,
                        DecisionPolicy.of(job),
                        failurePolicy,
                        ledger.intents(owner.runId()).isEmpty() ? List.of() : ledger.events(owner.runId()),
                        row -> ledger.findLayout(owner.runId(), row),
                        clock));
            case CHANGESTATE ->
                singleCall(new ChangestateJob(
                        session.sms(),
                        desired,
                        job.service().copystateStyle(),
                        DecisionPolicy.of(job),
                        failurePolicy,
                        clock));
            case STOP_DCS ->
                new StopDcsJob(
                        session.dcs(),
                        desired,
                        Objects.requireNonNull(job.stopDcs()),
                        job.retry().restarts(),
                        DecisionPolicy.of(job),
                        backoff,
                        ledger.intentsSinceRetry(owner.runId()),
                        clock);
            case UPDATE ->
                singleCall(new UpdateJob(
                        session.sms(),
                        desired,
                        row -> ledger.findLayout(owner.runId(), row),
                        directory(),
                        ledger.intentsSinceRetry(owner.runId()),
                        DecisionPolicy.of(job),
                        failurePolicy,
                        clock));
            case MIGRATE -> throw unsupportedJob();
        };
    }

    private JobReconciler<?> singleCall(SingleCallReconciler.SingleCallJob singleCallJob) {
        return new SingleCallReconciler(
                session.sms(), singleCallJob, job.limits().concurrent());
    }

    private IllegalStateException unsupportedJob() {
        return new IllegalStateException("Unsupported job: " + job.job());
    }
}
