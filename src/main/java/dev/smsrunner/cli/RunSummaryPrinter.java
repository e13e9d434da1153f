package dev.smsrunner.cli;

import dev.smsrunner.cli.console.AnsiStyle;
import dev.smsrunner.cli.console.Console;
import dev.smsrunner.cli.console.FailureSummary;
import dev.smsrunner.cli.console.HumanDuration;
import dev.smsrunner.cli.console.TextTable;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.report.RunReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What an operator reads when a run has ended: how many rows ended how, what failed and why, and what comes next. */
final class RunSummaryPrinter {

    private final RunReport report;
    private final AnsiStyle paint;
    private final String options;

    /**
     * About a run that has ended.
     *
     * @param options to repeat in the commands that are suggested, for example {@code " --data DIR"}; may be empty
     */
    RunSummaryPrinter(RunReport report, AnsiStyle paint, String options) {
        this.report = report;
        this.paint = paint;
        this.options = options;
    }

    /** The lines. */
    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(paint.strong(heading()));
        lines.add("");
        lines.addAll(counts());
        RunStatus.attention(lines, report, paint);
        FailureSummary.add(lines, report.failures(), paint);
        lines.add("");
        lines.add("Reports: " + Console.safe(report.summary().reportDirectory().toString()));
        next(lines);
        return lines;
    }

    private String heading() {
        var run = report.run();
        var took = run.endedAt() == null
                ? ""
                : " after " + HumanDuration.text(Duration.between(run.createdAt(), run.endedAt()));
        return run.state() == RunState.FINISHED
                ? "Run %s is finished%s.".formatted(run.runId(), took)
                : "Run %s is not finished; what goes on in the cloud goes on.".formatted(run.runId());
    }

    private List<String> counts() {
        var summary = report.summary();
        if (summary.rows() == 0) {
            return List.of("No row of the inventory was begun.");
        }
        var table = new TextTable("OUTCOME", "ROWS");
        for (var outcome : Outcome.values()) {
            if (summary.count(outcome) > 0) {
                table.row(outcome, summary.count(outcome));
            }
        }
        table.row("all", summary.rows());
        return table.lines(paint);
    }

    private void next(List<String> lines) {
        var id = report.run().runId();
        if (report.run().state() != RunState.FINISHED) {
            lines.add("Go on:   sms-runner resume %s%s".formatted(id, options));
        } else if (report.summary().rowsToRerun() > 0) {
            lines.add("Repeat:  sms-runner rerun %s%s".formatted(id, options));
            lines.add("Correct: edit rerun.csv there, then sms-runner run %s --inventory %s%s"
                    .formatted(
                            Console.safe(report.run().jobFile().toString()),
                            Console.safe(report.summary()
                                    .reportDirectory()
                                    .resolve("rerun.csv")
                                    .toString()),
                            options));
        }
    }
}
