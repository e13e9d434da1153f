package dev.smsrunner.run;

import dev.smsrunner.action.ActionJob;
import dev.smsrunner.changestate.ChangestateJob;
import dev.smsrunner.intent.Backoff;
import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.preflight.Examiner;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.DesiredRows;
import dev.smsrunner.reconcile.JobReconciler;
import dev.smsrunner.reconcile.SingleCallReconciler;
import dev.smsrunner.stopdcs.StopDcsJob;
import dev.smsrunner.update.UpdateJob;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;

/** The jobs other than the main one: how each examines its rows, and which course it takes with them. */
record OtherJob(JobFile job, CloudAccess.Session session, Clock clock) {

    /** Looks at what the job is about, to examine its rows. */
    Examiner examiner() {
        return switch (job.job()) {
            case ACTION -> ActionJob.examiner(session.sms(), clock);
            case CHANGESTATE -> ChangestateJob.examiner(session.sms(), clock);
            case STOP_DCS -> StopDcsJob.examiner(session.dcs(), Objects.requireNonNull(job.stopDcs()), clock);
            case UPDATE -> UpdateJob.examiner(session.sms(), directory());
            case MIGRATE -> throw unknown();
        };
    }

    /** Paths in the inventory are relative to the job file, as those in the job file are. */
    private Path directory() {
        return Objects.requireNonNull(job.file().toAbsolutePath().getParent());
    }

    /** The course over the rows that are in the ledger now. */
    JobReconciler<?> course(Ledger ledger, FencedRun owner, Backoff backoff) {
        var refusals = new CallFailurePolicy(
                backoff, ledger.refusals(owner.runId()), job.watch().giveUpAfter());
        var wanted = new DesiredRows(ledger, owner.runId(), job.defaults());
        return switch (job.job()) {
            case ACTION ->
                onSources(new ActionJob(
                        session.sms(),
                        wanted,
                        DecisionPolicy.of(job),
                        refusals,
                        ledger.intents(owner.runId()).isEmpty() ? List.of() : ledger.events(owner.runId()),
                        row -> ledger.layout(owner.runId(), row),
                        clock));
            case CHANGESTATE ->
                onSources(new ChangestateJob(
                        session.sms(),
                        wanted,
                        job.service().copystateStyle(),
                        DecisionPolicy.of(job),
                        refusals,
                        clock));
            case STOP_DCS ->
                new StopDcsJob(
                        session.dcs(),
                        wanted,
                        Objects.requireNonNull(job.stopDcs()),
                        job.retry().restarts(),
                        DecisionPolicy.of(job),
                        backoff,
                        ledger.intentsSinceRetry(owner.runId()),
                        clock);
            case UPDATE ->
                onSources(new UpdateJob(
                        session.sms(),
                        wanted,
                        row -> ledger.layout(owner.runId(), row),
                        directory(),
                        ledger.intentsSinceRetry(owner.runId()),
                        DecisionPolicy.of(job),
                        refusals,
                        clock));
            case MIGRATE -> throw unknown();
        };
    }

    private JobReconciler<?> onSources(SingleCallReconciler.Purpose purpose) {
        return new SingleCallReconciler(session.sms(), purpose, job.limits().concurrent());
    }

    private IllegalStateException unknown() {
        return new IllegalStateException("No such job: " + job.job());
    }
}
