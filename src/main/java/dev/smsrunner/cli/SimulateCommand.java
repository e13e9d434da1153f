package dev.smsrunner.cli;

import dev.smsrunner.simulator.Simulator;
import dev.smsrunner.simulator.SimulatorCredentials;
import dev.smsrunner.simulator.SimulatorSettings;
import dev.smsrunner.support.FileFailures;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.BindException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Simulates the service on loopback until the process is killed. */
@Command(
        name = "simulate",
        showDefaultValues = true,
        sortOptions = false,
        description = {
            "Simulates SMS, IAM tokens and DCS migration tasks on 127.0.0.1 until it is killed.",
            "Prints when it is ready: listening on http://127.0.0.1:PORT"
        },
        footerHeading = "%nIt accepts the credentials of its environment (first match wins):%n",
        footer = {
            "  signed calls: HUAWEICLOUD_SDK_AK/_SK, CLOUD_SDK_AK/_SK,",
            "                HW_ACCESS_KEY/HW_SECRET_KEY",
            "  fixed token:  HUAWEICLOUD_AUTH_TOKEN",
            "  user for tokens from POST /v3/auth/tokens:",
            "                HUAWEICLOUD_USER_NAME, HUAWEICLOUD_PASSWORD,",
            "                HUAWEICLOUD_DOMAIN_NAME",
            "",
            "Examples:",
            "  sms-runner simulate --no-auth --port 18080",
            "      48 servers, a virtual minute per second, without authentication",
            "  sms-runner simulate --no-auth --speed 600 --rate 20 \\",
            "      --faults sample-data/demo-faults.yaml",
            "      a night in about a minute, with failures and throttling;",
            "      sample-data/all-faults.yaml contains all faults",
            "  sms-runner simulate --state cloud --servers 500",
            "      continues after a restart with the same options, and its time",
            "      passes meanwhile; audit.jsonl records every call"
        })
final class SimulateCommand implements Callable<Integer> {

    @Option(names = "--port", paramLabel = "N", defaultValue = "0", description = "Port; 0 selects any free port.")
    private int port;

    @Option(names = "--servers", paramLabel = "N", defaultValue = "48", description = "Number of source servers.")
    private int servers;

    @Option(names = "--speed", paramLabel = "X", defaultValue = "60", description = "Virtual seconds per real second.")
    private double speed;

    @Option(names = "--faults", paramLabel = "FILE", description = "YAML file of faults and behaviours.")
    private @Nullable Path faults;

    @Option(names = "--no-auth", defaultValue = "false", description = "Accept calls without credentials.")
    private boolean noAuth;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "7",
            description = "Seed of servers, durations and random events.")
    private long seed;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Rate limit in calls per second, above which it returns 429 (no limit).")
    private @Nullable Double rate;

    @Option(
            names = "--concurrent",
            paramLabel = "N",
            defaultValue = "100",
            description = "Maximum number of concurrent migrations.")
    private int concurrent;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Directory of state and audit, to continue after a restart.")
    private @Nullable Path state;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    private final Map<String, String> environment;

    SimulateCommand() {
        this(System.getenv());
    }

    /** @param environment variables with the credentials */
    SimulateCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Simulator simulator = Simulator.start(settings(credentials()))) {
            PrintWriter out = spec.commandLine().getOut();
            out.println("listening on " + simulator.endpoint());
            out.flush();
            awaitKill();
        } catch (BindException ex) {
            throw refusal("Cannot listen on port %d: %s. Choose another --port.".formatted(port, ex.getMessage()));
        } catch (NoSuchFileException ex) {
            throw refusal("There is no file %s. Correct the path.".formatted(ex.getFile()));
        } catch (FileSystemException ex) {
            throw refusal("Cannot use the file %s: %s. Give a file that this user may use."
                    .formatted(ex.getFile(), FileFailures.text(ex)));
        } catch (IOException | IllegalArgumentException ex) {
            throw refusal(String.valueOf(ex.getMessage()));
        }
        return ExitCode.OK.code();
    }

    private @Nullable SimulatorCredentials credentials() {
        @Nullable SimulatorCredentials credentials = noAuth ? null : SimulatorCredentials.fromEnvironment(environment);
        if (credentials == null && !noAuth) {
            throw refusal("The environment has no credentials to authenticate calls. Set"
                    + " HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK, or other variables listed by --help, or use --no-auth to"
                    + " accept calls without credentials.");
        }
        return credentials;
    }

    private SimulatorSettings settings(@Nullable SimulatorCredentials credentials) {
        return SimulatorSettings.defaults()
                .withPort(port)
                .withServers(servers)
                .withSpeed(speed)
                .withFaults(faults)
                .withSeed(seed)
                .withRequestsPerSecond(rate)
                .withConcurrent(concurrent)
                .withStateDirectory(state)
                .withCredentials(credentials);
    }

    private static void awaitKill() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    private static CommandException refusal(String message) {
        return CommandException.badInput(message);
    }
}
