package dev.smsrunner.cli;

import dev.smsrunner.cli.console.Console;
import dev.smsrunner.report.ReportFiles;
import dev.smsrunner.report.ReportFormat;
import dev.smsrunner.report.Reports;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Rewrites the reports of a run. */
@Command(
        name = "report",
        header = "Writes the reports of a run from the ledger, at any time.",
        description = "Prints the paths of the written files. For a run under way they show its current state.")
final class ReportCommand implements Callable<Integer> {

    @Mixin
    private RunSelector selector;

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
        try (var queries = RunQueries.open(common)) {
            var all = queries.runs().findAll();
            var run = selector.select(all, common.place());
            var files = new Reports(queries.ledger(), common.clock()).write(run, format);
            var state = RunQueries.state(run, queries.holder(run));
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
