package dev.smsrunner.cli;

import java.util.Map;
import java.util.Objects;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Options of the live page; a {@code @Mixin}. */
final class DashboardOptions {

    @Option(
            names = "--dashboard",
            paramLabel = "PORT",
            arity = "0..1",
            preprocessor = PortOnlyWithEquals.class,
            description = "Show the run on a live page of this machine, on this port or any free port"
                    + " (default in an interactive terminal).")
    private @Nullable Integer port;

    @Option(
            names = "--metrics",
            paramLabel = "PORT",
            arity = "0..1",
            preprocessor = PortOnlyWithEquals.class,
            description = "Serve OpenMetrics at /metrics of the live page, on this port or any free port."
                    + " Without SMS_RUNNER_API_TOKEN every local process can read them.")
    private @Nullable Integer metricsPort;

    @Option(names = "--no-dashboard", description = "Show no live page.")
    private boolean none;

    @Option(
            names = "--dashboard-address",
            paramLabel = "ADDRESS",
            hidden = true,
            description = "Loopback address only: any other address would need TLS, which the page does not support.")
    private @Nullable String address;

    /** Requested port, 0 for any; null without a request. */
    @Nullable
    Integer requestedPort() {
        return port;
    }

    /** Port to listen on, 0 for any; null for no page. */
    @Nullable
    Integer port(CommonOptions common) {
        refuseNonLoopback(address);
        if (hasMetrics()) {
            return portOfMetrics();
        }
        if (none || port != null) {
            return none ? null : port;
        }
        return common.context().errIsTerminal() && !common.console().isQuiet() ? 0 : null;
    }

    /** Whether the live page serves metrics. */
    boolean hasMetrics() {
        return metricsPort != null;
    }

    /** One server has the page and the metrics. */
    private int portOfMetrics() {
        int wanted = Objects.requireNonNull(metricsPort);
        int page = port == null ? 0 : port;
        if (none) {
            throw CommandException.badInput(
                    "--metrics is served by the live page, and --no-dashboard turns it off. Nothing was changed. Leave one of them out.");
        }
        if (wanted != 0 && page != 0 && wanted != page) {
            throw CommandException.badInput(
                    "--metrics=%d and --dashboard=%d name two ports of one server. Nothing was changed. Give the same port, or leave one of them out."
                            .formatted(wanted, page));
        }
        return Math.max(wanted, page);
    }

    /** Refuses other addresses, since without TLS anyone on the network path could read and use the token. */
    static void refuseNonLoopback(@Nullable String address) {
        if (address != null && !address.matches("127\\.\\d+\\.\\d+\\.\\d+|localhost|::1|\\[::1]")) {
            throw CommandException.badInput(
                    "The live page has no TLS, so it cannot listen on %s. Forward its port instead, for example with ssh -L."
                            .formatted(address));
        }
    }

    /** Parses {@code --dashboard job.yaml} as a job file argument and {@code --dashboard=8080} as a port. */
    static final class PortOnlyWithEquals implements IParameterPreprocessor {
        @Override
        public boolean preprocess(Stack<String> args, CommandSpec command, ArgSpec option, Map<String, Object> info) {
            if (!"=".equals(info.get("separator"))) {
                args.push("0");
            }
            return false;
        }
    }
}
