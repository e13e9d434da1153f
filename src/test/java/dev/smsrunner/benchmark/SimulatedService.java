package dev.smsrunner.benchmark;

import dev.smsrunner.scenario.InventoryRows;
import dev.smsrunner.scenario.JobFileBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The packaged simulator in a process of its own, with the files of a job that migrates all of its servers. */
final class SimulatedService implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+)");
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Path directory;
    private final MeasuredProcess process;
    private final String endpoint;

    private SimulatedService(Path directory, MeasuredProcess process, String endpoint) {
        this.directory = directory;
        this.process = process;
        this.endpoint = endpoint;
    }

    /**
     * Starts the simulator and writes {@code job.yaml} and {@code inventory.csv} into a new directory.
     *
     * @param rate limit of calls per second, 0 for none
     */
    static SimulatedService start(int servers, double rate, int concurrent, double speed)
            throws IOException, InterruptedException {
        var directory = Files.createTempDirectory("benchmark");
        var arguments = new ArrayList<>(List.of("simulate", "--no-auth", "--state", "cloud"));
        arguments.addAll(List.of("--servers", String.valueOf(servers), "--speed", String.valueOf(speed)));
        arguments.addAll(List.of("--concurrent", String.valueOf(concurrent)));
        if (rate > 0) {
            arguments.addAll(List.of("--rate", String.valueOf(rate)));
        }
        var process = MeasuredProcess.start(
                directory, "simulator.out", Program.JAR.command(), arguments.toArray(String[]::new));
        var service = new SimulatedService(directory, process, endpoint(directory, process));
        service.writeJob(servers, rate, concurrent);
        return service;
    }

    private static String endpoint(Path directory, MeasuredProcess process) throws IOException, InterruptedException {
        while (process.isAlive() && process.seconds() < PATIENCE.toSeconds()) {
            var found = LISTENING.matcher(Files.readString(directory.resolve("simulator.out")));
            if (found.find()) {
                return found.group(1);
            }
            Thread.sleep(20);
        }
        process.close();
        throw new IllegalStateException(Files.readString(directory.resolve("simulator.out")));
    }

    private void writeJob(int servers, double rate, int concurrent) throws IOException {
        Files.writeString(
                directory.resolve("inventory.csv"), InventoryRows.of(servers).text());
        Files.writeString(
                directory.resolve("job.yaml"),
                JobFileBuilder.of(
                        endpoint,
                        Map.of(
                                "limits.requests-per-second",
                                rate > 0 ? String.valueOf((int) rate) : "auto",
                                "limits.concurrent",
                                String.valueOf(concurrent),
                                "watch.every",
                                "1s",
                                "cutover.when",
                                "auto")));
    }

    Path directory() {
        return directory;
    }

    String endpoint() {
        return endpoint;
    }

    /** Calls that the simulator has recorded so far. */
    List<JsonNode> calls() throws IOException {
        var audit = directory.resolve("cloud/audit.jsonl");
        if (!Files.exists(audit)) {
            return List.of();
        }
        return Files.readAllLines(audit).stream()
                .map(JSON::readTree)
                .filter(call -> call.path("status").asInt() > 0)
                .toList();
    }

    /** Calls that the simulator refused, since there were too many in a second. */
    static long throttled(List<JsonNode> calls) {
        return calls.stream().filter(call -> call.path("status").asInt() == 429).count();
    }

    /** Time of the last start of a task. */
    static Instant lastStart(List<JsonNode> calls) {
        return calls.stream()
                .filter(call -> call.path("operation").asString().equals("start")
                        && call.path("effect").asString().equals("EXECUTED"))
                .map(call -> Instant.parse(call.path("realTime").asString()))
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    @Override
    public void close() {
        process.close();
    }
}
