package dev.smsrunner.cli;

import dev.smsrunner.cli.console.Console;
import dev.smsrunner.report.ReportRow;
import dev.smsrunner.report.RunReport;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows where each server of a run is. */
@Command(
        name = "status",
        header = "Shows where each server of a run is, from the ledger; asks nothing of the cloud.",
        description = {
            "Who works on the run, each wave by stage, what needs a person's eyes, and what failed.",
            "Open servers are counted by what they wait for, such as CAP or DEPENDS_ON; --why SERVER follows that down to"
                    + " what holds the server. docs/operating.md explains each kind under 'What a row waits for'.",
            "With --watch it is shown again and again until nobody works on the run any more: drawn over on a terminal,"
                    + " else a line for each change; with --json one object on a line of its own for each change."
        },
        footer = {
            "",
            "Examples:",
            "  sms-runner status last",
            "  sms-runner status last --why hr-app-01",
            "  sms-runner status 20261121-2200-7f3c --watch --every 5"
        })
final class StatusCommand implements Callable<Integer> {

    @Mixin
    private RunSelector choice;

    @Option(names = "--watch", description = "Show it until the run has ended; Ctrl-C ends the watching, not the run.")
    private boolean watch;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "Seconds between two looks, 1 to 3600, by default ${DEFAULT-VALUE}.")
    private int every = 2;

    @Option(
            names = "--why",
            paramLabel = "SERVER",
            description = "What this server waits for, and what that waits for, down to what holds it.")
    private @Nullable String why;

    @Option(names = "--row", paramLabel = "N", description = "As --why, with the number of the row.")
    private @Nullable Integer row;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws InterruptedException {
        if (every < 1 || every > 3600) {
            throw new CommandException(ExitCode.BAD_INPUT, "--every takes 1 to 3600 seconds, not %d.".formatted(every));
        }
        if (why != null || row != null) {
            explain();
            return ExitCode.OK.code();
        }
        var status = watch ? watching().untilTheEnd() : look(null);
        print(status);
        return ExitCode.OK.code();
    }

    private void explain() {
        if (watch || why != null && row != null) {
            throw new CommandException(
                    ExitCode.BAD_INPUT, "--why and --row name one server and exclude each other and --watch.");
        }
        var status = look(null);
        var rows = status.report().rows().stream().map(ReportRow::row).toList();
        var found = new RowFinder(status.run().runId(), rows).find(row, why);
        var chain = new WaitingChain(status.report(), found);
        var console = common.console();
        if (common.json) {
            console.result(CliJson.text(chain.json()));
        } else {
            chain.lines().forEach(line -> console.result(Console.safe(line)));
        }
    }

    private StatusWatcher watching() {
        return new StatusWatcher(common, Duration.ofSeconds(every), this::look);
    }

    /** Looks once; the database is held open no longer, so that nothing depends on who watches. */
    private RunStatus look(@Nullable String runId) {
        try (var books = RunQueries.open(common)) {
            var all = books.runs().findAll();
            var run = runId == null
                    ? choice.among(all, common.place())
                    : all.stream()
                            .filter(each -> each.runId().equals(runId))
                            .findFirst()
                            .orElseThrow();
            var strict = books.runs().isStrict(run.runId());
            var paused = books.ledger().pausedAt(run.runId());
            var report = RunReport.of(run, books.ledger(), common.clock().instant());
            return new RunStatus(run, books.holder(run), strict, paused, common.toRepeat(), report);
        }
    }

    private void print(RunStatus status) {
        var console = common.console();
        if (common.json) {
            console.result(watch ? CliJson.line(status.json()) : CliJson.text(status.json()));
        } else {
            status.lines(console.outPaint(), common.clock().instant()).forEach(console::result);
        }
    }
}
