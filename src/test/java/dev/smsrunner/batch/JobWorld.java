package dev.smsrunner.batch;

import dev.smsrunner.cloud.Credentials;
import dev.smsrunner.cloud.MutationGate;
import dev.smsrunner.cloud.ProxySettings;
import dev.smsrunner.cloud.Secret;
import dev.smsrunner.cloud.ServiceEndpoint;
import dev.smsrunner.database.Database;
import dev.smsrunner.database.DatabaseRetry;
import dev.smsrunner.inventory.InventoryFile;
import dev.smsrunner.inventory.InventoryReader;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.job.BulkJobs;
import dev.smsrunner.job.CloudApis;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.JobFiles;
import dev.smsrunner.jobfile.Overrides;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.run.CloudAccess;
import dev.smsrunner.run.HttpCloud;
import dev.smsrunner.scenario.InventoryRows;
import dev.smsrunner.scenario.JobFileBuilder;
import dev.smsrunner.scenario.StoryDatabase;
import dev.smsrunner.simulator.Simulator;
import dev.smsrunner.simulator.SimulatorCredentials;
import dev.smsrunner.simulator.SimulatorSettings;
import dev.smsrunner.support.TestLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.util.FileSystemUtils;

/** Environment of a batch job: a database, a simulated cloud over HTTP, an inventory, a run in the ledger. */
final class JobWorld implements AutoCloseable {

    static final String JOB = "migrate";
    static final int SERVERS = 6;
    static final int GHOSTS = 594;

    private final Path place;
    private final Database database;
    private final Simulator simulator;
    private final CloudAccess.Session session;
    private final ExecutorService calls = Executors.newFixedThreadPool(8);
    private final JobFile job;
    private final Run run;
    private final FencedRun owner;
    private final Ledger ledger;
    private final Clock clock = Clock.systemUTC();

    /** Failures at the start of the reconcile step, one per start. */
    final ConcurrentLinkedQueue<RuntimeException> reconcileFailures = new ConcurrentLinkedQueue<>();

    /** Number of executions of the report step. */
    int finished;

    /** Decorates the inventory reader of the next execution. */
    volatile UnaryOperator<ItemStreamReader<InventoryRow>> reading = UnaryOperator.identity();

    JobWorld(StoryDatabase home) throws Exception {
        place = Files.createTempDirectory("job-world");
        database = Database.open(place.resolve("data"), home.url(), home.environment());
        simulator = Simulator.start(SimulatorSettings.defaults()
                .withServers(SERVERS)
                .withSpeed(6_000)
                .withCredentials(SimulatorCredentials.ofKeys("ACCESSKEY", "secret key")));
        var keys = new Credentials.AccessKey("ACCESSKEY", Secret.of("secret key"), null);
        job = job();
        session = new HttpCloud(
                        ServiceEndpoint.of(simulator.endpoint()), keys, List.of(), 400.0, ProxySettings.NONE, clock)
                .open(null, MutationGate.OPEN);
        run = run(job);
        owner = new FencedRun(run.runId(), 1);
        new Runs(database.source(), clock).add(run, TestLedger.OPERATOR, owner.token());
        ledger = new Ledger(database.source(), clock, DatabaseRetry.upTo(Duration.ZERO));
    }

    private JobFile job() throws Exception {
        var rows = InventoryRows.of(SERVERS);
        for (int ghost = 1; ghost <= GHOSTS; ghost++) {
            rows.set("ghost-%03d".formatted(ghost), "change_ticket", "CHG-1");
        }
        Files.writeString(place.resolve("inventory.csv"), rows.text());
        var file = Files.writeString(place.resolve("job.yaml"), JobFileBuilder.of(simulator.endpoint(), Map.of()));
        return JobFiles.read(file, Overrides.none(), Map.of(), BulkJobs.ALL);
    }

    private Run run(JobFile of) {
        return new Run(
                "20261121-2200-0001",
                "migrate",
                "key",
                of.file(),
                of.text(),
                Map.of(),
                of.settings(),
                of.hash(),
                of.inventory(),
                "",
                null,
                RunState.RUNNING,
                clock.instant(),
                null,
                null,
                place.resolve("reports"));
    }

    RunInput input() {
        return new RunInput(run, job, new DecoratedReader(), false);
    }

    /** Opens the inventory through the decorator of the current execution. */
    private final class DecoratedReader implements ItemStreamReader<InventoryRow> {

        private ItemStreamReader<InventoryRow> current = inventory();

        private ItemStreamReader<InventoryRow> inventory() {
            var checked = InventoryFile.check(
                    job.inventory(), job.defaults(), job.job().rowRules(), job.launchOrder());
            return reading.apply(new InventoryReader(job.inventory(), job.defaults(), checked.sha256()));
        }

        @Override
        public void open(ExecutionContext context) {
            current = inventory();
            current.open(context);
        }

        @Override
        public @Nullable InventoryRow read() throws Exception {
            return current.read();
        }

        @Override
        public void close() {
            current.close();
        }
    }

    CloudApis cloud() {
        return session;
    }

    ExecutorService calls() {
        return calls;
    }

    FencedRun owner() {
        return owner;
    }

    /** Called by the step {@code report}; fails at a planned start. */
    boolean finish() {
        finished++;
        return true;
    }

    Database database() {
        return database;
    }

    Simulator simulator() {
        return simulator;
    }

    Ledger ledger() {
        return ledger;
    }

    String runId() {
        return run.runId();
    }

    @Override
    public void close() throws IOException {
        session.close();
        calls.shutdownNow();
        simulator.close();
        database.close();
        FileSystemUtils.deleteRecursively(place);
    }
}
