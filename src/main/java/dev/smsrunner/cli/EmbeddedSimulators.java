package dev.smsrunner.cli;

import dev.smsrunner.cloud.Credentials;
import dev.smsrunner.cloud.MutationGate;
import dev.smsrunner.cloud.Secret;
import dev.smsrunner.database.PrivateDirectory;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.SimulatedService;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.run.CloudAccess;
import dev.smsrunner.run.UnwritableDataException;
import dev.smsrunner.simulator.Simulator;
import dev.smsrunner.simulator.SimulatorCredentials;
import dev.smsrunner.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The simulator within this process, for jobs whose endpoint is {@code simulator}. Its world belongs to a run and is kept
 * under the data directory, so that it goes on, like a cloud does, while the process is dead; a rerun finds the world of the
 * run that it repeats.
 */
final class EmbeddedSimulators implements AutoCloseable {

    private final CommonOptions common;
    private final Function<Run, String> worldOf;
    private @Nullable Simulator simulator;

    /**
     * Simulators for a command.
     *
     * @param worldOf names the world of a run
     */
    EmbeddedSimulators(CommonOptions common, Function<Run, String> worldOf) {
        this.common = common;
        this.worldOf = worldOf;
    }

    /** Starts the world of the run when the run opens its cloud. */
    CloudAccess access(JobFile job) {
        return new CloudAccess() {
            @Override
            public Session open(Run run, MutationGate gate) {
                var block = Objects.requireNonNull(job.simulator());
                var kept = block.state() != null
                        ? block.state()
                        : privately(common.data).resolve(worldOf.apply(run));
                return CloudOptions.http(job, start(block, kept), credentials, common)
                        .open(run, gate);
            }
        };
    }

    private static Path privately(Path data) {
        var directory = data.resolve("simulator");
        try {
            PrivateDirectory.create(PrivateDirectory.openDataDirectory(data).resolve("simulator"));
            return directory;
        } catch (IOException ex) {
            throw new UnwritableDataException(
                    "Cannot create the directory %s: %s. Make room, or choose another with --data."
                            .formatted(directory, FileFailures.text(ex)),
                    ex);
        }
    }

    /** A world of its own that nothing is kept of, for a plan. */
    dev.smsrunner.run.HttpCloud forReading(JobFile job) {
        var block = Objects.requireNonNull(job.simulator());
        return CloudOptions.http(job, start(block, block.state()), credentials, common);
    }

    private final String accessKey = "SIMULATED" + UUID.randomUUID().toString().substring(0, 8);
    private final String secretKey = UUID.randomUUID().toString();
    private final Credentials credentials = new Credentials.AccessKey(accessKey, Secret.of(secretKey), null);

    private String start(SimulatedService block, @Nullable Path kept) {
        try {
            simulator = Simulator.start(SimulatorSettings.defaults()
                    .withServers(block.servers())
                    .withSpeed(block.speed())
                    .withSeed(block.seed())
                    .withFaults(block.faults())
                    .withRequestsPerSecond(block.requestsPerSecond())
                    .withStateDirectory(kept)
                    .withCredentials(SimulatorCredentials.ofKeys(accessKey, secretKey)));
            return simulator.endpoint();
        } catch (IllegalArgumentException ex) {
            throw new CommandException(ExitCode.BAD_INPUT, "The simulator cannot start: " + ex.getMessage());
        } catch (IOException ex) {
            throw new UnwritableDataException(
                    "The simulator cannot start: %s. Make room on its disk.".formatted(ex.getMessage()), ex);
        }
    }

    @Override
    public void close() {
        if (simulator != null) {
            simulator.close();
        }
    }
}
