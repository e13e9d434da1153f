package dev.smsrunner.cli;

import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.report.RunReport;
import dev.smsrunner.run.RunLog;
import dev.smsrunner.run.RunResult;
import java.util.EnumSet;
import java.util.Set;

/** Prints the result of a run and determines its exit code. */
record RunResultReporter(CommonOptions common, Runs runs, Ledger ledger, NotifyingRunListener notifications) {

    /** Endings of a standby, whose run another process has reported. */
    private static final Set<RunResult.Ending> ELSEWHERE =
            EnumSet.of(RunResult.Ending.ENDED_ELSEWHERE, RunResult.Ending.STOPPED_ELSEWHERE);

    ExitCode report(RunResult result) {
        var console = common.console();
        boolean elsewhere = ELSEWHERE.contains(result.ending());
        if (result.message() != null && (elsewhere || result.ending() == RunResult.Ending.STOPPED)) {
            console.info(result.message());
        } else if (result.message() != null) {
            console.error(result.message());
        }
        if (result.report() == null && result.ending() != RunResult.Ending.FINISHED && !elsewhere) {
            return exitCode(result, false); // another process owns the ledger, or the ledger cannot be read
        }
        var report = RunReport.of(runs.find(result.runId()).orElseThrow(), ledger);
        if (!elsewhere) {
            notifications.runEnded(report.summary(), report.attention().size());
        }
        if (common.json) {
            console.result(CliJson.text(report.summary().json()));
        } else {
            new RunSummaryPrinter(report, console.outStyle(), common.suggested())
                    .lines()
                    .forEach(console::result);
        }
        if (console.out().checkError()) {
            RunLog.append(
                    common.data,
                    result.runId(),
                    "The result was not read or could not be written; the process ends without it. Use 'status' to show it.");
        }
        return exitCode(result, report.summary().rowsToRerun() == 0);
    }

    private static ExitCode exitCode(RunResult result, boolean allReached) {
        return switch (result.ending()) {
            case FINISHED ->
                result.report() == null ? ExitCode.UNREACHABLE : allReached ? ExitCode.OK : ExitCode.SOME_FAILED;
            case ENDED_ELSEWHERE -> ExitCode.OK;
            case STOPPED, STOPPED_ELSEWHERE -> ExitCode.STOPPED;
            case TAKEN_OVER -> ExitCode.REFUSED;
            case UNREACHABLE -> ExitCode.UNREACHABLE;
            case REJECTED -> ExitCode.BAD_INPUT;
            case BROKEN -> ExitCode.INTERNAL;
        };
    }
}
