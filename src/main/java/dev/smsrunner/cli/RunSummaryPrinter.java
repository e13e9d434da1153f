package dev.smsrunner.cli;

import dev.smsrunner.cli.console.AnsiStyle;
import dev.smsrunner.cli.console.Console;
import dev.smsrunner.cli.console.FailureSummary;
import dev.smsrunner.cli.console.HumanDuration;
import dev.smsrunner.cli.console.TextTable;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.report.RunReport;
import dev.smsrunner.support.SuggestedCommands;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Summary after a run: counts by outcome, failures with their causes, next commands.
 *
 * @param suggested next commands
 */
record RunSummaryPrinter(RunReport report, AnsiStyle style, SuggestedCommands suggested) {

    /** Lines of the summary. */
    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(style.strong(heading()));
        lines.add("");
        lines.addAll(counts());
        RunStatus.attention(lines, report, style);
        FailureSummary.add(lines, report.failures(), style);
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
                : "Run %s is not finished. Migrations already running in the cloud continue.".formatted(run.runId());
    }

    private List<String> counts() {
        var summary = report.summary();
        if (summary.rows() == 0) {
            return List.of("No row of the inventory was started.");
        }
        var table = new TextTable("OUTCOME", "ROWS");
        for (var outcome : Outcome.values()) {
            if (summary.count(outcome) > 0) {
                table.row(outcome, summary.count(outcome));
            }
        }
        table.row("all", summary.rows());
        return table.lines(style);
    }

    private void next(List<String> lines) {
        var id = report.run().runId();
        if (report.run().state() != RunState.FINISHED) {
            lines.add("Resume:  " + suggested.of("resume " + id));
        } else if (report.summary().rowsToRerun() > 0) {
            lines.add("Repeat:  " + suggested.of("rerun " + id));
            lines.add("Correct: edit rerun.csv there, then "
                    + suggested.of("run %s --inventory %s"
                            .formatted(
                                    argument(report.run().jobFile()),
                                    argument(report.summary().reportDirectory().resolve("rerun.csv")))));
        }
    }

    private static String argument(Path path) {
        return Console.safe(SuggestedCommands.quoted(path.toString()));
    }
}
