package dev.smsrunner.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/**
 * Benchmark of a whole run, each in a new simulated cloud: the packaged program in each way to start it, and
 * {@link PlainMigrationJob} for comparison. Arguments of {@code main}, all optional: {@code servers=500}, {@code rate=20}
 * (calls per second, 0 for no limit), {@code concurrent=100}, {@code speed=6000} (virtual seconds per second),
 * {@code programs=PLAIN,JAR,LAUNCHER}.
 */
final class RunBenchmark {

    private static final String PLAIN = "PLAIN";

    private final Map<String, String> arguments = new HashMap<>();

    private RunBenchmark(String[] arguments) {
        Arrays.stream(arguments).map(each -> each.split("=", 2)).forEach(each -> this.arguments.put(each[0], each[1]));
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        new RunBenchmark(arguments).measure();
    }

    private double number(String name, double otherwise) {
        return Double.parseDouble(arguments.getOrDefault(name, String.valueOf(otherwise)));
    }

    private void measure() throws IOException, InterruptedException {
        double rate = number("rate", 20);
        int servers = (int) number("servers", 500);
        System.out.printf(
                "%d servers, %s calls/s, %d at once, speed %s; bound of the last start: %s s%n%n",
                servers,
                rate > 0 ? rate : "no limit of",
                (int) number("concurrent", 100),
                number("speed", 6_000),
                rate > 0 ? String.valueOf(2 * servers / rate) : "none");
        System.out.println("| program | exit | wall s | last start s | calls | 429 | CPU s | peak MB | load before |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        for (var program :
                arguments.getOrDefault("programs", "PLAIN,JAR,LAUNCHER").split(",")) {
            measure(program, servers, rate);
        }
    }

    private void measure(String program, int servers, double rate) throws IOException, InterruptedException {
        double load = load();
        int concurrent = (int) number("concurrent", 100);
        try (var service = SimulatedService.start(servers, rate, concurrent, number("speed", 6_000))) {
            var startedAt = Instant.now();
            try (var process = start(program, service, rate, concurrent)) {
                double wall = process.await();
                var calls = service.calls();
                System.out.printf(
                        "| %s | %d | %.1f | %.1f | %d | %d | %.1f | %.0f | %.1f |%n",
                        program.equals(PLAIN)
                                ? "plain job"
                                : Program.valueOf(program).label(),
                        process.exitCode(),
                        wall,
                        Duration.between(startedAt, SimulatedService.lastStart(calls))
                                        .toMillis()
                                / 1000.0,
                        calls.size(),
                        SimulatedService.throttled(calls),
                        process.cpuSeconds(),
                        process.peakMegabytes(),
                        load);
            }
            delete(service.directory());
        }
    }

    private static MeasuredProcess start(String program, SimulatedService service, double rate, int concurrent)
            throws IOException {
        if (program.equals(PLAIN)) {
            var java = List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp",
                    absolute(System.getProperty("java.class.path")),
                    PlainMigrationJob.class.getName());
            return MeasuredProcess.start(
                    service.directory(),
                    "plain.out",
                    java,
                    service.endpoint(),
                    "inventory.csv",
                    String.valueOf(rate),
                    String.valueOf(concurrent));
        }
        return MeasuredProcess.start(
                service.directory(),
                "run.out",
                Program.valueOf(program).command(),
                "run",
                "job.yaml",
                "--no-dashboard");
    }

    private static String absolute(String classPath) {
        return String.join(
                ":",
                Arrays.stream(classPath.split(":"))
                        .map(each -> Path.of(each).toAbsolutePath().toString())
                        .toList());
    }

    private static double load() {
        return java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static void delete(Path directory) throws IOException {
        FileSystemUtils.deleteRecursively(directory);
    }
}
