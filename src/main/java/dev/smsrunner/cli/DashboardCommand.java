package dev.smsrunner.cli;

import dev.smsrunner.support.FileFailures;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Serves the live page of any run in the database until the process ends. */
@Command(
        name = "dashboard",
        header = "Shows past and current runs on a live page of this machine.",
        description = {
            "Prints the address with the access token; Ctrl-C ends it.",
            "Without a terminal, it writes the address to a file that only its owner can read.",
            "It sends no calls to the cloud. The process that works on the run executes requests from the page."
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
    private RunSelector selector;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "0",
            description = "Port to listen on (default: any free port).")
    private int port;

    @Option(
            names = "--dashboard-address",
            paramLabel = "ADDRESS",
            hidden = true,
            description = "Loopback address only: any other address would need TLS, which the page does not support.")
    private @Nullable String address;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws InterruptedException {
        DashboardOptions.refuseNonLoopback(address);
        common.actor(); // refused before the page is open
        try (var queries = RunQueries.open(common)) {
            var run = selector.selectOrLatest(queries.runs().findAll(), common.place());
            try (var page = RunDashboard.ServedPage.at(port, common, queries.database())) {
                page.dashboard().show(run.runId());
                try (var address = address(page)) {
                    common.context().err().println(address.text());
                    awaitEnd();
                }
            } catch (IOException ex) {
                throw CommandException.badInput(
                        "Cannot listen on port %d: %s. Choose another --port.".formatted(port, ex.getMessage()));
            }
        }
        return ExitCode.OK.code();
    }

    private PageAddress address(RunDashboard.ServedPage page) {
        try {
            return PageAddress.of(page.dashboard(), common);
        } catch (IOException ex) {
            throw CommandException.badInput(
                    "Cannot write the address of the page below %s: %s. Free disk space, or choose another --data."
                            .formatted(common.data, FileFailures.text(ex)));
        }
    }

    private static void awaitEnd() throws InterruptedException {
        new CountDownLatch(1).await();
    }
}
