package dev.smsrunner.scenario;

import dev.smsrunner.simulator.AuditEntry;
import dev.smsrunner.simulator.AuditEntry.Effect;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.util.FileSystemUtils;

/**
 * Benchmark of a chain of three equal servers, each launched after its predecessor. It prints the virtual duration. The last
 * target must run within 1.15 × (longest copy + three launches) of the first start. Arguments of {@code main}: virtual seconds
 * per second (120) and {@code watch.every} (250ms, 30 s of virtual time).
 */
final class ChainBenchmark {

    private static final List<String> CHAIN = List.of("erp-db-01", "erp-app-01", "erp-web-01");
    private static final Duration COPY = Duration.ofHours(1);
    private static final double ALLOWED = 1.15;

    private ChainBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        var directory = Files.createTempDirectory("chain");
        try (var scenario = Scenario.of(6, directory, StoryDatabase.embedded())) {
            scenario.speed(arguments.length > 0 ? Double.parseDouble(arguments[0]) : 120)
                    .job("watch.every", arguments.length > 1 ? arguments[1] : "250ms")
                    .job("watch.stalled-after", "10m");
            for (int at = 0; at < CHAIN.size(); at++) {
                scenario.server(CHAIN.get(at), "duration: %dm".formatted(COPY.toMinutes()))
                        .row(CHAIN.get(at), "depends_on", at == 0 ? "" : CHAIN.get(at - 1));
            }
            scenario.run().exits(0);
            print(scenario);
        } finally {
            FileSystemUtils.deleteRecursively(directory);
        }
    }

    private static void print(Scenario scenario) {
        var firstStart = CHAIN.stream()
                .map(server -> at(scenario, "start", server))
                .min(Instant::compareTo)
                .orElseThrow();
        var launches = CHAIN.stream()
                .map(server -> Duration.between(at(scenario, "test", server), at(scenario, "finish", server)))
                .reduce(Duration.ZERO, Duration::plus);
        var duration = Duration.between(firstStart, at(scenario, "finish", CHAIN.get(CHAIN.size() - 1)));
        double ratio = (double) duration.toSeconds() / COPY.plus(launches).toSeconds();
        System.out.printf(
                "chain of %d: copy %s, launches %s together; the last target ran after %s = %.3f x (copy + launches), %s %.2f%n",
                CHAIN.size(), COPY, launches, duration, ratio, ratio <= ALLOWED ? "within" : "MORE THAN", ALLOWED);
    }

    private static Instant at(Scenario scenario, String operation, String server) {
        long place = scenario.cloud().first(operation, server);
        return scenario.audit().entries().stream()
                .filter(entry -> entry.seq() == place && entry.effect() == Effect.EXECUTED)
                .map(AuditEntry::virtualTime)
                .findFirst()
                .orElseThrow();
    }
}
