package dev.smsrunner.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves the live page of any run in the database, until it is ended. */
@Command(
        name = "dashboard",
        header = "Shows runs on a live page of this machine, past ones and one that another process works on.",
        description = {
            "Prints the address, with the token that lets the browser in; Ctrl-C ends it.",
            "Without a terminal, a file that only its owner can read has the address.",
            "It asks nothing of the cloud. What is asked for on the page is done by the process that works on the run."
        },
        footer = {
            "",
            "Examples:",
            "  sms-runner dashboard last",
            "  sms-runner dashboard --port 8080",
            "      from another machine: ssh -L 8080:127.0.0.1:8080 HOST"
        })
final class DashboardCommand implements Callable<Integer> {

    @Mixin
    private RunSelector choice;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "Port to listen on; any that is free by default.")
    private int port;

    @Option(
            names = "--dashboard-address",
            paramLabel = "ADDRESS",
            hidden = true,
            description = "Only loopback: another address would need TLS, which the page does not have.")
    private @Nullable String address;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws InterruptedException {
        DashboardOptions.refuseOthers(address);
        try (var books = RunQueries.open(common)) {
            var run = choice.amongOrLatest(books.runs().findAll(), common.place());
            try (var page = RunDashboard.Open.at(port, common, books.database())) {
                page.dashboard().show(run.runId());
                try (var address = address(page)) {
                    common.surroundings().err().println(address.text());
                    untilEnded();
                }
            } catch (IOException ex) {
                throw new CommandException(
                        ExitCode.BAD_INPUT,
                        "Cannot listen on port %d: %s. Choose another --port.".formatted(port, ex.getMessage()));
            }
        }
        return ExitCode.OK.code();
    }

    private PageAddress address(RunDashboard.Open page) {
        try {
            return PageAddress.of(page.dashboard(), common);
        } catch (IOException ex) {
            throw new CommandException(
                    ExitCode.BAD_INPUT,
                    "Cannot write the address of the page below %s: %s. Make room, or choose another --data."
                            .formatted(common.data, FileFailures.text(ex)));
        }
    }

    private static void untilEnded() throws InterruptedException {
        new CountDownLatch(1).await();
    }
}
