package dev.smsrunner.cli;

import dev.smsrunner.cli.console.Console;
import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.cutover.CutoverSnapshot;
import dev.smsrunner.cutover.GateSummary;
import dev.smsrunner.report.ReportRow;
import dev.smsrunner.report.RunReport;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the status of a run and its servers. */
@Command(
        name = "status",
        header = "Shows the state of each server of a run, from the ledger; sends no calls to the cloud.",
        description = {
            "Shows the process that works on the run, the waves by stage, rows that need attention, and failures.",
            "Open servers are counted by the reason why they wait, such as CAP or DEPENDS_ON; --why SERVER follows the chain"
                    + " to its origin. docs/operating.md explains each kind under 'What a row waits for'.",
            "--watch refreshes the status until no process works on the run any more: redrawn on a terminal,"
                    + " else a line for each change; with --json one object per line for each change."
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
    private RunSelector selector;

    @Option(names = "--watch", description = "Refresh until the run has ended; Ctrl-C ends this command, not the run.")
    private boolean watch;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "Seconds between two refreshes, 1 to 3600 (default: ${DEFAULT-VALUE}).")
    private int every = 2;

    @Option(names = "--why", paramLabel = "SERVER", description = "Show the chain of reasons why this server waits.")
    private @Nullable String why;

    @Option(names = "--row", paramLabel = "N", description = "As --why, by row number.")
    private @Nullable Integer row;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws InterruptedException {
        if (every < 1 || every > 3600) {
            throw CommandException.badInput("--every must be 1 to 3600 seconds, not %d.".formatted(every));
        }
        if (why != null || row != null) {
            explain();
            return ExitCode.OK.code();
        }
        var status = watch ? watcher().watch() : read(null);
        print(status);
        return ExitCode.OK.code();
    }

    private void explain() {
        if (watch || why != null && row != null) {
            throw CommandException.badInput("--why and --row select one server and exclude each other and --watch.");
        }
        var status = read(null);
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

    private StatusWatcher watcher() {
        return new StatusWatcher(common, Duration.ofSeconds(every), this::read);
    }

    /** Reads the status once and closes the database, so that a watcher does not block other processes. */
    private RunStatus read(@Nullable String runId) {
        try (var queries = RunQueries.open(common)) {
            var all = queries.runs().findAll();
            var run = runId == null
                    ? selector.select(all, common.place())
                    : all.stream()
                            .filter(each -> each.runId().equals(runId))
                            .findFirst()
                            .orElseThrow();
            var strict = queries.runs().isStrict(run.runId());
            var pausedAt = queries.ledger().pausedAt(run.runId());
            var now = common.clock().instant();
            var snapshot = new CutoverSnapshot(
                    queries.ledger().findAll(run.runId()),
                    CutoverPlan.fromSettings(run.settings()),
                    queries.ledger().activeControls(run.runId()));
            return new RunStatus(
                    run,
                    queries.holder(run),
                    strict,
                    pausedAt,
                    common.suggested(),
                    RunReport.of(run, snapshot, now),
                    GateSummary.all(snapshot, now));
        }
    }

    private void print(RunStatus status) {
        var console = common.console();
        if (common.json) {
            var json = status.json(common.clock().instant());
            console.result(watch ? CliJson.line(json) : CliJson.text(json));
        } else {
            status.lines(console.outStyle(), common.clock().instant()).forEach(console::result);
        }
    }
}
