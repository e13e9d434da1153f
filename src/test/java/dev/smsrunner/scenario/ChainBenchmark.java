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
 * Migrates a chain of three equal servers, each launched after the one before, and prints how long that took in the time of the
 * simulated world: the last target must run within 1.15 × (longest copy + three launches) of the first start. Arguments of its
 * {@code main}: virtual seconds per second (120) and {@code watch.every} (250ms, which is 30 s of that world).
 */
final class ChainBenchmark {

    private static final List<String> CHAIN = List.of("erp-db-01", "erp-app-01", "erp-web-01");
    private static final Duration COPY = Duration.ofHours(1);
    private static final double ALLOWED = 1.15;

    private ChainBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        var directory = Files.createTempDirectory("chain");
        try (var night = Scenario.of(6, directory, StoryDatabase.embedded())) {
            night.speed(arguments.length > 0 ? Double.parseDouble(arguments[0]) : 120)
                    .job("watch.every", arguments.length > 1 ? arguments[1] : "250ms")
                    .job("watch.stalled-after", "10m");
            for (int at = 0; at < CHAIN.size(); at++) {
                night.server(CHAIN.get(at), "duration: %dm".formatted(COPY.toMinutes()))
                        .row(CHAIN.get(at), "depends_on", at == 0 ? "" : CHAIN.get(at - 1));
            }
            night.run().exits(0);
            print(night);
        } finally {
            FileSystemUtils.deleteRecursively(directory);
        }
    }

    private static void print(Scenario night) {
        var began = CHAIN.stream()
                .map(server -> at(night, "start", server))
                .min(Instant::compareTo)
                .orElseThrow();
        var launches = CHAIN.stream()
                .map(server -> Duration.between(at(night, "test", server), at(night, "finish", server)))
                .reduce(Duration.ZERO, Duration::plus);
        var took = Duration.between(began, at(night, "finish", CHAIN.get(CHAIN.size() - 1)));
        double ratio = (double) took.toSeconds() / COPY.plus(launches).toSeconds();
        System.out.printf(
                "chain of %d: copy %s, launches %s together; the last target ran after %s = %.3f x (copy + launches), %s %.2f%n",
                CHAIN.size(), COPY, launches, took, ratio, ratio <= ALLOWED ? "within" : "MORE THAN", ALLOWED);
    }

    private static Instant at(Scenario night, String operation, String server) {
        long place = night.cloud().first(operation, server);
        return night.audit().entries().stream()
                .filter(entry -> entry.seq() == place && entry.effect() == Effect.EXECUTED)
                .map(AuditEntry::virtualTime)
                .findFirst()
                .orElseThrow();
    }
}
