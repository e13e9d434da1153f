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
import dev.smsrunner.support.FileFailures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Simulators within this process, for jobs with the endpoint {@code simulator}. The simulated world of a run is stored under the
 * data directory. Like a real cloud, its time continues while the process is down. A rerun uses the world of the original run.
 */
final class EmbeddedSimulators implements AutoCloseable {

    private final CommonOptions common;
    private final Function<Run, String> worldOf;
    private @Nullable Simulator simulator;

    /**
     * Creates the simulators of a command.
     *
     * @param worldOf directory name of the world of a run
     */
    EmbeddedSimulators(CommonOptions common, Function<Run, String> worldOf) {
        this.common = common;
        this.worldOf = worldOf;
    }

    /** Access that starts the simulated world when the run opens its session. */
    CloudAccess access(JobFile job) {
        return new CloudAccess() {
            @Override
            public Session open(Run run, MutationGate gate) {
                var settings = Objects.requireNonNull(job.simulator());
                var state = settings.state() != null
                        ? settings.state()
                        : createDirectory(common.data).resolve(worldOf.apply(run));
                return CloudOptions.http(job, start(settings, state), credentials, common)
                        .open(run, gate);
            }
        };
    }

    private static Path createDirectory(Path data) {
        var directory = data.resolve("simulator");
        try {
            PrivateDirectory.create(PrivateDirectory.openDataDirectory(data).resolve("simulator"));
            return directory;
        } catch (IOException ex) {
            throw new UnwritableDataException(
                    "Cannot create the directory %s: %s. Free disk space, or choose another directory with --data."
                            .formatted(directory, FileFailures.text(ex)),
                    ex);
        }
    }

    /** Access to a temporary world without stored state, for a plan. */
    dev.smsrunner.run.HttpCloud forReading(JobFile job) {
        var settings = Objects.requireNonNull(job.simulator());
        return CloudOptions.http(job, start(settings, settings.state()), credentials, common);
    }

    private final String accessKey = "SIMULATED" + UUID.randomUUID().toString().substring(0, 8);
    private final String secretKey = UUID.randomUUID().toString();
    private final Credentials credentials = new Credentials.AccessKey(accessKey, Secret.of(secretKey), null);

    private String start(SimulatedService settings, @Nullable Path state) {
        try {
            simulator = Simulator.start(SimulatorSettings.defaults()
                    .withServers(settings.servers())
                    .withSpeed(settings.speed())
                    .withSeed(settings.seed())
                    .withFaults(settings.faults())
                    .withRequestsPerSecond(settings.requestsPerSecond())
                    .withStateDirectory(state)
                    .withCredentials(SimulatorCredentials.ofKeys(accessKey, secretKey)));
            return simulator.endpoint();
        } catch (IllegalArgumentException ex) {
            throw CommandException.badInput("The simulator cannot start: " + ex.getMessage());
        } catch (IOException ex) {
            throw new UnwritableDataException(
                    "The simulator cannot start: %s. Free disk space.".formatted(FileFailures.textWithFile(ex)), ex);
        }
    }

    @Override
    public void close() {
        if (simulator != null) {
            simulator.close();
        }
    }
}
