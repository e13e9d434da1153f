package dev.smsrunner.chaos;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import dev.smsrunner.chaos.agent.DefectAdvice;
import dev.smsrunner.chaos.agent.PointAdvice;
import dev.smsrunner.chaos.agent.TroubleAdvice;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** Places of the points and defects in the packaged program. */
final class InstrumentationPoints {

    private static final String BATCH = "org.springframework.batch.core.repository.dao.jdbc.";
    private static final String OURS = "dev.smsrunner.";

    private InstrumentationPoints() {}

    /** Every moment at which a kill could leave a partial change. */
    static void points(InstrumentationJar into) {
        into.advise(
                OURS + "ledger.Ledger", named("write").and(takesArguments(4)), Advice.to(PointAdvice.OfLedger.class));
        for (var method :
                List.of("append", "appendRunEvents", "takeOver", "answerControl", "finish", "acceptInventory")) {
            into.around(OURS + "ledger.Ledger", method);
        }
        for (var method : List.of("add", "claim", "end")) {
            into.around(OURS + "ledger.Runs", method);
        }
        for (var method : List.of("find", "take", "renew", "release", "add")) {
            into.around(OURS + "ledger.Leases", method);
        }
        into.before(OURS + "intent.CallResult", "of", "before the call");
        into.after(OURS + "intent.CallResult", "of", "after the call");
        into.before(OURS + "cloud.SingleExchange", "send", "before the request");
        into.after(OURS + "cloud.SingleExchange", "send", "after the answer");
        into.around(OURS + "job.migrate.task.ExistingTasks", "readBack");
        into.around(OURS + "report.Reports", "prepare");
        into.around(OURS + "report.PrivateFile", "fill");
        into.around(OURS + "report.PrivateFile", "write");
        into.around(OURS + "database.Watermark", "raise");
        into.around(OURS + "batch.JobExecutionRecovery", "recover");
        into.around(BATCH + "JdbcJobInstanceDao", "createJobInstance");
        into.around(BATCH + "JdbcJobInstanceDao", "deleteJobInstance");
        into.around(BATCH + "JdbcJobExecutionDao", "createJobExecution");
        into.around(BATCH + "JdbcJobExecutionDao", "updateJobExecution");
        into.around(BATCH + "JdbcStepExecutionDao", "createStepExecution");
        into.around(BATCH + "JdbcStepExecutionDao", "updateStepExecution");
        into.around(BATCH + "JdbcExecutionContextDao", "saveExecutionContext");
        into.around(BATCH + "JdbcExecutionContextDao", "updateExecutionContext");
        into.around("org.h2.jdbc.JdbcConnection", "commit");
        into.around("org.postgresql.jdbc.PgConnection", "commit");
        into.before(
                "org.flywaydb.core.internal.sqlscript.DefaultSqlScriptExecutor",
                "executeStatement",
                "before a statement of the schema");
    }

    /** Methods that read the system clock or detect a standstill. */
    static void troubles(InstrumentationJar into) {
        into.advise(OURS + "cloud.ServiceClock", named("wall"), Advice.to(TroubleAdvice.Wall.class));
        into.advise(
                "org.h2.util.DateTimeUtils",
                named("currentTimestamp").and(takesArguments(2)),
                Advice.to(TroubleAdvice.OfDatabase.class));
        into.advise(OURS + "run.lease.ProgressWatchdog", named("limit"), Advice.to(TroubleAdvice.Limit.class));
    }

    /** Every method with a seeded defect. */
    static void defects(InstrumentationJar into) {
        into.advise(
                OURS + "ledger.Ledger", named("write").and(takesArguments(4)), Advice.to(DefectAdvice.Entries.class));
        into.advise(OURS + "ledger.Ledger", named("append"), Advice.to(DefectAdvice.Rows.class));
        into.advise(OURS + "intent.CallResult", named("of"), Advice.to(DefectAdvice.CallAnswer.class));
        into.advise(OURS + "intent.CallResult", named("stateAfter"), Advice.to(DefectAdvice.Meaning.class));
        into.advise(OURS + "intent.IntentExecutor", named("perform"), Advice.to(DefectAdvice.Changes.class));
        into.advise(OURS + "reconcile.MigrationPhase", named("of"), Advice.to(DefectAdvice.Situations.class));
        into.advise(OURS + "ledger.FencedTransaction$Attempt", named("begin"), Advice.to(DefectAdvice.Fences.class));
        into.defect("WRITES_WITHOUT_A_TOKEN", OURS + "ledger.Leases", "renew", DefectAdvice.AlwaysTrue.class);
        into.defect(
                "IGNORES_THE_WINDOW",
                OURS + "jobfile.CutoverSettings$Window",
                "isOpenAt",
                DefectAdvice.AlwaysTrue.class);
        into.advise(OURS + "report.RunReport", named("of"), Advice.to(DefectAdvice.ReportRows.class));
        into.defect("REPEATS_WHAT_IS_MIGRATED", OURS + "report.Rerun", "lines", DefectAdvice.RerunRows.class);
        into.defect("NAME_NOT_NORMALISED", OURS + "inventory.ServerName", "key", DefectAdvice.Spelling.class);
        into.defect("IDENTITY_NOT_COMPARED", OURS + "target.RowTarget", "compare", DefectAdvice.TargetMatch.class);
        into.defect(
                "IDENTITY_NOT_COMPARED",
                OURS + "job.migrate.task.TaskSpec",
                "differsFrom",
                DefectAdvice.AlwaysFalse.class);
        into.defect("IGNORES_THE_CAP", OURS + "cutover.CutoverPlan", "concurrent", DefectAdvice.Room.class);
        into.defect("ORDER_IGNORED", OURS + "cutover.LaunchDecider", "order", DefectAdvice.EmptyResult.class);
        into.defect("LAUNCHES_IGNORED", OURS + "cutover.LaunchDecider", "limit", DefectAdvice.EmptyResult.class);
        into.defect("PACE_IGNORED", OURS + "cutover.LaunchDecider", "pace", DefectAdvice.EmptyResult.class);
        into.defect(
                "IGNORES_RETRY_AFTER",
                OURS + "cloud.AdaptiveRateLimiter",
                "recordAnswer",
                DefectAdvice.RetryAfter.class);
        into.defect("BEGINS_ANEW", OURS + "ledger.Runs", "findUnfinished", DefectAdvice.EmptyResult.class);
        into.defect(
                "OPENS_A_SHARED_DIRECTORY",
                OURS + "database.DirectoryCheck",
                "checkNotWritable",
                DefectAdvice.SkippedMethod.class);
        into.defect(
                "HEALS_NOTHING", OURS + "batch.JobExecutionRecovery", "recover", 2, DefectAdvice.SkippedMethod.class);
        into.defect("LETS_ANYBODY_IN", OURS + "run.lease.LeaseWatch", "mayTake", DefectAdvice.AlwaysTrue.class);
        into.defect(
                "TAKES_THE_LIVING_FOR_GONE", OURS + "run.lease.ProcfsTable", "isSame", DefectAdvice.AlwaysFalse.class);
        into.defect("DOES_NOT_STOP", OURS + "run.Signals", "handle", DefectAdvice.SkippedMethod.class);
        into.advise(OURS + "report.PrivateFile", named("write"), Advice.to(DefectAdvice.File.class));
        into.advise(OURS + "run.RunExecutor", named("steps"), Advice.to(DefectAdvice.Confession.class));
    }
}
