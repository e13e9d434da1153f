package dev.smsrunner.cli;

import dev.smsrunner.cli.console.Console;
import dev.smsrunner.report.ReportFiles;
import dev.smsrunner.report.ReportFormat;
import dev.smsrunner.report.Reports;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the reports of a run again. */
@Command(
        name = "report",
        header = "Writes the reports of a run, from the ledger, as often as wanted.",
        description = "Prints the files that were written; beside a run that goes on they show how it stands now.")
final class ReportCommand implements Callable<Integer> {

    @Mixin
    private RunSelector choice;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "all",
            description = "csv (report.csv and rerun.csv), json, html, xlsx, or all (default: ${DEFAULT-VALUE}).")
    private ReportFormat format = ReportFormat.ALL;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        try (var books = RunQueries.open(common)) {
            var all = books.runs().findAll();
            var run = choice.among(all, common.place());
            var files = new Reports(books.ledger(), common.clock()).write(run, format);
            var state = RunQueries.state(run, books.holder(run));
            print(files, state);
        }
        return ExitCode.OK.code();
    }

    private void print(ReportFiles files, String state) {
        var console = common.console();
        if (common.json) {
            console.result(CliJson.text(files.summary().withState(state).json()));
        } else {
            files.of(format).forEach(file -> console.result(Console.safe(file.toString())));
        }
    }
}
