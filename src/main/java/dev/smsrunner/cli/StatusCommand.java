package dev.smsrunner.cli;

import dev.smsrunner.ledger.Lease;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.report.RunReport;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows where each server of a run is. */
@Command(
        name = "status",
        header = "Shows where each server of a run is, from the ledger; asks nothing of the cloud.",
        description = "Who works on the run, each wave by stage, what needs a person's eyes, and what failed.")
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private RunChoice choice;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        try (var books = Books.open(common)) {
            var all = books.runs().all();
            var run = choice.among(all, common.place());
            print(run, books.holder(run, all), RunReport.of(run, books.ledger()));
        }
        return ExitCode.OK.code();
    }

    private void print(Run run, Optional<Lease> holder, RunReport report) {
        var console = common.console();
        var status = new Status(run, holder, report);
        if (common.json) {
            console.result(Json.text(status.json()));
        } else {
            status.lines(console.outPaint(), common.clock().instant()).forEach(console::result);
        }
    }
}
