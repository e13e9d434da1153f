package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.smsrunner.cli.Shell;
import dev.smsrunner.simulator.KnownServer;
import dev.smsrunner.simulator.Simulator;
import dev.smsrunner.simulator.SimulatorAudit;
import dev.smsrunner.simulator.SimulatorCredentials;
import dev.smsrunner.simulator.SimulatorSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Test scenario: a simulated cloud over HTTP, an inventory of its servers, a job file, a data directory, and the commands of
 * an operator. Configure it first; the cloud starts with the first command, or with {@link #prepare()}.
 */
public final class Scenario implements AutoCloseable {

    /** Keys that must not appear in any output or file. */
    public static final String ACCESS_KEY = "AKIACANARYNIGHT00001";

    public static final String SECRET_KEY = "canary/secret+key=of&the\"night";

    /** An hour of copying takes 0.6 s. */
    private static final double SPEED = 6_000;

    private final Path directory;
    private final StoryDatabase home;
    private final int servers;
    private final InventoryRows rows;
    private final Map<String, String> settings = new TreeMap<>();
    private final Map<String, String> environment = new TreeMap<>();
    private String faults = "";
    private @Nullable String otherJob;
    private @Nullable String otherRows;
    private double speed = SPEED;
    private @Nullable Double rate;
    private @Nullable Simulator simulator;
    private @Nullable String endpoint;
    private @Nullable CompletableFuture<CommandResult> running;

    private Scenario(Path directory, StoryDatabase home, int servers) {
        this.directory = directory;
        this.home = home;
        this.servers = servers;
        this.rows = InventoryRows.of(servers);
        environment.put("HUAWEICLOUD_SDK_AK", ACCESS_KEY);
        environment.put("HUAWEICLOUD_SDK_SK", SECRET_KEY);
        environment.putAll(home.environment());
    }

    /** A scenario that migrates all servers of a small account. */
    public static Scenario of(int servers, Path directory, StoryDatabase home) {
        return new Scenario(directory, home, servers);
    }

    /**
     * Configures a job other than migrate.
     *
     * @param job text of the job file, with {@code %s} for the endpoint
     * @param inventory text of the inventory
     * @param faultFile text of the fault file
     */
    Scenario otherJob(String job, String inventory, String faultFile) {
        otherJob = job;
        otherRows = inventory;
        faults = faultFile;
        return this;
    }

    /** Adds a fault of a server, for example {@code fail-times: 1}. */
    public Scenario server(String name, String fault) {
        return faults("servers", "{name: %s, %s}".formatted(name, fault));
    }

    /** Adds a fault of answers, for example {@code operation: start, kind: close-after}. */
    public Scenario answers(String fault) {
        return faults("answers", "{" + fault + "}");
    }

    private Scenario faults(String list, String entry) {
        var heading = list + ":\n";
        faults = faults.contains(heading)
                ? faults.replace(heading, heading + "- " + entry + "\n")
                : faults + heading + "- " + entry + "\n";
        return this;
    }

    /** Sets a key of the job file. */
    public Scenario job(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** Sets a cell of the inventory. A server unknown to the cloud gets a new row. */
    public Scenario row(String server, String column, String cell) {
        rows.set(server, column, cell);
        return this;
    }

    /** Removes a key from the job file. */
    public Scenario jobWithout(String key) {
        settings.remove(key);
        return this;
    }

    public Scenario withoutRow(String server) {
        rows.remove(server);
        return this;
    }

    public Scenario environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** Virtual seconds per second. */
    public Scenario speed(double value) {
        speed = value;
        return this;
    }

    /** Maximum calls per second, above which the cloud answers 429. */
    public Scenario rate(double value) {
        rate = value;
        return this;
    }

    /** Starts the cloud and writes the files of the operator. */
    public Scenario prepare() {
        try {
            if (simulator == null) {
                simulator = Simulator.start(SimulatorSettings.defaults()
                        .withServers(servers)
                        .withSpeed(speed)
                        .withRequestsPerSecond(rate)
                        .withStateDirectory(directory.resolve("cloud"))
                        .withFaults(
                                faults.isEmpty() ? null : Files.writeString(directory.resolve("faults.yaml"), faults))
                        .withCredentials(SimulatorCredentials.ofKeys(ACCESS_KEY, SECRET_KEY)));
            }
            write(directory.resolve("inventory.csv"), otherRows == null ? rows.text() : otherRows);
            write(
                    jobFile(),
                    otherJob == null
                            ? JobFileBuilder.of(endpoint == null ? simulator.endpoint() : endpoint, settings)
                            : otherJob.formatted(simulator.endpoint()));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        return this;
    }

    /** Leaves an unchanged file alone, since a run may be reading it. */
    private static void write(Path file, String text) throws IOException {
        if (!Files.exists(file) || !Files.readString(file).equals(text)) {
            Files.writeString(file, text);
        }
    }

    public Path directory() {
        return directory;
    }

    public Path jobFile() {
        return directory.resolve("night.yaml");
    }

    public Path data() {
        return directory.resolve("data");
    }

    public Path reports() {
        return directory.resolve("reports");
    }

    public Map<String, String> environment() {
        return environment;
    }

    /** The database of its runs. */
    public StoryDatabase home() {
        return home;
    }

    /** The audit of the cloud. */
    public SimulatorAudit audit() {
        prepare();
        return java.util.Objects.requireNonNull(simulator).audit();
    }

    /** Uses another address for the cloud, for example a proxy. */
    public Scenario through(java.util.function.UnaryOperator<String> route) {
        prepare();
        endpoint = route.apply(java.util.Objects.requireNonNull(simulator).endpoint());
        return prepare();
    }

    /** A probe of the cloud. */
    public ServiceProbe cloud() {
        prepare();
        return new ServiceProbe(java.util.Objects.requireNonNull(simulator), servers);
    }

    /** Runs the job; JSON goes to stdout. */
    public CommandResult run(String... more) {
        return command(join(List.of("run", jobFile().toString(), "--json"), more));
    }

    /** Runs the job in the background. */
    public CompletableFuture<CommandResult> startRun(String... more) {
        prepare();
        running = CompletableFuture.supplyAsync(() -> run(more));
        return running;
    }

    /** Waits for the run in the background. */
    public CommandResult awaitEnd() {
        return java.util.Objects.requireNonNull(running).join();
    }

    public CommandResult resume(String run) {
        return command("resume", run, "--json");
    }

    public CommandResult rerun(String run) {
        return command("rerun", run, "--json");
    }

    public CommandResult stop(String run) {
        return command("stop", run);
    }

    /** Migrates a server with another inventory and database. */
    public CommandResult migrateElsewhere(String server) {
        prepare();
        try {
            var other = Files.createDirectories(directory.resolve("other"));
            write(
                    other.resolve("inventory.csv"),
                    InventoryRows.of(KnownServer.named(server)).text());
            var job = other.resolve("other.yaml");
            write(
                    job,
                    JobFileBuilder.of(
                            java.util.Objects.requireNonNull(simulator).endpoint(), Map.of()));
            var data = other.resolve("data").toString();
            return new CommandResult(Shell.execute(environment, "run", job.toString(), "--json", "--data", data));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    public CommandResult plan() {
        return command("plan", jobFile().toString(), "--json");
    }

    /** Executes a command on the database of the scenario. */
    public CommandResult command(String... arguments) {
        prepare();
        return new CommandResult(Shell.execute(environment, withDatabase(arguments)));
    }

    public String[] withDatabase(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data().toString()));
        if (home.url() != null) {
            all.addAll(List.of("--db", home.url()));
        }
        return all.toArray(String[]::new);
    }

    private static String[] join(List<String> first, String... more) {
        var all = new ArrayList<>(first);
        all.addAll(Arrays.asList(more));
        return all.toArray(String[]::new);
    }

    /** Verifies a run with the audit of the cloud. */
    public CommandResult verify(String run, String... more) {
        var audit = directory.resolve("cloud").resolve("audit.jsonl").toString();
        return command(join(List.of("verify", run, "--json", "--audit", audit), more));
    }

    /** Verifies every run of the scenario. */
    void verifyRuns() {
        if (simulator == null || home.url() == null && !Files.exists(data())) {
            return;
        }
        for (var run : command("runs", "--json").exits(0).json()) {
            var result = verify(run.path("run_id").asString());
            assertThat(result.json().path("violations")).as(result.out()).isEmpty();
            result.exits(0);
        }
    }

    /** Waits for a condition of the cloud. */
    public void until(String what, Predicate<ServiceProbe> condition) {
        var cloud = cloud();
        await(what)
                .atMost(Duration.ofMinutes(2))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> condition.test(cloud) || hasEnded());
        assertThat(condition.test(cloud)).as(what + ", but the run ended").isTrue();
    }

    private boolean hasEnded() {
        return running != null && running.isDone();
    }

    /** Waits for a condition of the output of {@code status}. */
    public void untilStatus(String what, Predicate<String> condition) {
        await(what)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> condition.test(command("status", "last", "--json").out()));
    }

    /** Asserts that no file contains a secret, including the log and the embedded database. */
    public void assertNotInFiles(String... secrets) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var text = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1);
                for (var secret : secrets) {
                    assertThat(text.contains(secret)).as(file.toString()).isFalse();
                }
            }
        }
    }

    @Override
    public void close() {
        if (simulator != null) {
            simulator.close();
        }
    }
}
