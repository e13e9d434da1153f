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
 * One story: a simulated cloud over HTTP, an inventory of its servers, a job file, a data directory, and the commands of an
 * operator. What is given is said first; the cloud begins with the first command, or with {@link #begins()}.
 */
public final class Scenario implements AutoCloseable {

    /** Keys that must not be found anywhere after the story. */
    public static final String ACCESS_KEY = "AKIACANARYNIGHT00001";

    public static final String SECRET_KEY = "canary/secret+key=of&the\"night";

    /** So fast that an hour of copying takes half a second. */
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

    /** A night in which all servers of a small account are to be migrated. */
    public static Scenario of(int servers, Path directory, StoryDatabase home) {
        return new Scenario(directory, home, servers);
    }

    /**
     * Another job than the main one.
     *
     * @param job its file, with {@code %s} where the endpoint is to stand
     * @param inventory its rows
     * @param wrong the fault file
     */
    Scenario other(String job, String inventory, String wrong) {
        otherJob = job;
        otherRows = inventory;
        faults = wrong;
        return this;
    }

    /** What goes wrong on a server, for example {@code fail-times: 1}. */
    public Scenario server(String name, String fault) {
        return faults("servers", "{name: %s, %s}".formatted(name, fault));
    }

    /** What goes wrong with answers, for example {@code operation: start, kind: close-after}. */
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

    /** A key of the job file. */
    public Scenario job(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** A cell of the inventory; a server that the cloud does not know gets a row of its own. */
    public Scenario row(String server, String column, String cell) {
        rows.set(server, column, cell);
        return this;
    }

    /** The job file without a key that the story had set. */
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

    /** Calls per second above which the cloud answers 429. */
    public Scenario rate(double value) {
        rate = value;
        return this;
    }

    /** Starts the cloud and writes the files of the operator. */
    public Scenario begins() {
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

    /** A run may be reading it: what has not changed is left alone. */
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

    /** Where its runs are kept. */
    public StoryDatabase home() {
        return home;
    }

    /** What was asked of the cloud and what came of it. */
    public SimulatorAudit audit() {
        begins();
        return java.util.Objects.requireNonNull(simulator).audit();
    }

    /** Reaches the cloud by another address, for example that of a proxy before it. */
    public Scenario through(java.util.function.UnaryOperator<String> route) {
        begins();
        endpoint = route.apply(java.util.Objects.requireNonNull(simulator).endpoint());
        return begins();
    }

    /** What the cloud saw. */
    public ServiceProbe cloud() {
        begins();
        return new ServiceProbe(java.util.Objects.requireNonNull(simulator), servers);
    }

    /** Runs the job; JSON goes to stdout. */
    public CommandResult run(String... more) {
        return command(words(List.of("run", jobFile().toString(), "--json"), more));
    }

    /** Runs the job beside the story. */
    public CompletableFuture<CommandResult> running(String... more) {
        begins();
        running = CompletableFuture.supplyAsync(() -> run(more));
        return running;
    }

    /** How the run beside the story ended. */
    public CommandResult ended() {
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

    /** Somebody else migrates one of the servers, with an inventory and a database of their own. */
    public CommandResult migratedElsewhere(String server) {
        begins();
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

    /** Any command, on this story's database. */
    public CommandResult command(String... words) {
        begins();
        return new CommandResult(Shell.execute(environment, onThisDatabase(words)));
    }

    public String[] onThisDatabase(String... words) {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--data", data().toString()));
        if (home.url() != null) {
            all.addAll(List.of("--db", home.url()));
        }
        return all.toArray(String[]::new);
    }

    private static String[] words(List<String> first, String... more) {
        var all = new ArrayList<>(first);
        all.addAll(Arrays.asList(more));
        return all.toArray(String[]::new);
    }

    /** What the command {@code verify} says of a run, given what the cloud recorded. */
    public CommandResult verify(String run, String... more) {
        var audit = directory.resolve("cloud").resolve("audit.jsonl").toString();
        return command(words(List.of("verify", run, "--json", "--audit", audit), more));
    }

    /** Every run of the story kept what is promised. */
    void keptItsPromises() {
        if (simulator == null || home.url() == null && !Files.exists(data())) {
            return;
        }
        for (var run : command("runs", "--json").exits(0).json()) {
            var told = verify(run.path("run_id").asString());
            assertThat(told.json().path("violations")).as(told.out()).isEmpty();
            told.exits(0);
        }
    }

    /** Waits until the cloud has seen that. */
    public void until(String what, Predicate<ServiceProbe> seen) {
        var cloud = cloud();
        await(what)
                .atMost(Duration.ofMinutes(2))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> seen.test(cloud) || hasEnded());
        assertThat(seen.test(cloud)).as(what + ", but the run ended").isTrue();
    }

    private boolean hasEnded() {
        return running != null && running.isDone();
    }

    /** Waits until the command {@code status} says that. */
    public void untilStatus(String what, Predicate<String> said) {
        await(what)
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> said.test(command("status", "last", "--json").out()));
    }

    /** Every file that the story left behind, the log and the embedded database included, has none of the words. */
    public void leftNowhere(String... secrets) throws IOException {
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
