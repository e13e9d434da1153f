package dev.smsrunner.cli;

import java.util.Map;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Whether a run is shown on a live page. Use it as a {@code @Mixin}. */
final class DashboardOptions {

    @Option(
            names = "--dashboard",
            paramLabel = "PORT",
            arity = "0..1",
            preprocessor = PortOnlyWithEquals.class,
            description = "Show the run on a live page of this machine, on any free port or on this one"
                    + " (the default when a person is at the terminal).")
    private @Nullable Integer port;

    @Option(names = "--no-dashboard", description = "Show it on no page.")
    private boolean none;

    @Option(
            names = "--dashboard-address",
            paramLabel = "ADDRESS",
            hidden = true,
            description = "Only loopback: another address would need TLS, which the page does not have.")
    private @Nullable String address;

    /** The port that was asked for, 0 for any; null when none was. */
    @Nullable
    Integer asked() {
        return port;
    }

    /** The port to listen on, 0 for any; null for no page. */
    @Nullable
    Integer port(CommonOptions common) {
        refuseOthers(address);
        if (none || port != null) {
            return none ? null : port;
        }
        return common.surroundings().errIsTerminal() && !common.console().quiet() ? 0 : null;
    }

    /** Without TLS everybody on the way could read the token and act with it. */
    static void refuseOthers(@Nullable String address) {
        if (address != null && !address.matches("127\\.\\d+\\.\\d+\\.\\d+|localhost|::1|\\[::1]")) {
            throw new CommandException(
                    ExitCode.BAD_INPUT,
                    "The live page is served on this machine only, not on %s: it has no TLS. Forward its port instead, for example with ssh -L."
                            .formatted(address));
        }
    }

    /** {@code --dashboard job.yaml} names a job file, {@code --dashboard=8080} a port. */
    static final class PortOnlyWithEquals implements IParameterPreprocessor {
        @Override
        public boolean preprocess(Stack<String> words, CommandSpec command, ArgSpec option, Map<String, Object> info) {
            if (!"=".equals(info.get("separator"))) {
                words.push("0");
            }
            return false;
        }
    }
}
