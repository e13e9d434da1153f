package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.smsrunner.database.DatabaseRetry;
import dev.smsrunner.ledger.Leases;
import dev.smsrunner.support.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** The packaged program while another process serves its embedded database. */
class SharedDatabaseIT extends ScenarioTest {

    /** A process that only keeps the database open. */
    static final class DatabaseHolder {

        private DatabaseHolder() {}

        public static void main(String[] data) throws InterruptedException {
            try (var database = TestDatabases.embedded(Path.of(data[0]))) {
                assertThat(database.source()).isNotNull();
                System.err.println("open");
                Thread.sleep(120_000);
            }
        }
    }

    /** A process that counts its commits for some seconds, with retries during an outage. */
    static final class CommitCounter {

        private CommitCounter() {}

        public static void main(String[] arguments) {
            try (var database = TestDatabases.embedded(Path.of(arguments[0]))) {
                var jdbc = new JdbcTemplate(database.source());
                var outage = DatabaseRetry.upTo(Duration.ofSeconds(30));
                outage.execute(() -> jdbc.update("insert into lease (name, token) values (?, 0)", arguments[1]));
                long end = System.nanoTime() + Duration.ofSeconds(4).toNanos();
                int count = 0;
                for (; System.nanoTime() < end; count++) {
                    outage.execute(
                            () -> jdbc.update("update lease set token = token + 1 where name = ?", arguments[1]));
                    if (count == 0) {
                        System.err.println("counting");
                    }
                }
                System.out.println(count);
            }
        }
    }

    @Test
    void clientTakesOverTheFileOfAKilledHolderWithoutLoss() {
        var scenario = scenario(1);
        try (var holder = holder(scenario);
                var first = java(scenario, CommitCounter.class, "first");
                var second = java(scenario, CommitCounter.class, "second")) {
            first.until("it counts", () -> first.hasPrinted("counting"));
            second.until("it counts", () -> second.hasPrinted("counting"));

            holder.kill();

            var results = Map.of(
                    "first",
                    first.awaitEnd().exits(0),
                    "second",
                    second.awaitEnd().exits(0));
            try (var database = TestDatabases.embedded(scenario.data())) {
                results.forEach((name, result) -> {
                    long acknowledged = Long.parseLong(result.out().strip());
                    assertThat(acknowledged)
                            .as("commits before and after the kill")
                            .isPositive();
                    assertThat(new Leases(database.source()).find(name).token())
                            .as("at most the commit with a lost answer is repeated")
                            .isBetween(acknowledged, acknowledged + 2);
                });
            }
        }
    }

    @Test
    void runContinuesAfterTheDatabaseHolderIsKilled() {
        var scenario = scenario(6).speed(600).job("limits.requests-per-second", "10");
        try (var holder = holder(scenario);
                var run = ChildProcess.run(scenario)) {
            run.until("some are started", () -> scenario.cloud().starts().size() >= 2);

            holder.kill();

            assertThat(run.awaitEnd().exits(0).outcomes()).containsExactly(entry("MIGRATED", 6));
        }
        scenario.cloud().assertNoDuplicates();
    }

    @Test
    void suspendedHolderIsReported() {
        var scenario = scenario(1);
        try (var holder = holder(scenario)) {
            holder.signal("STOP");
            try (var second = ChildProcess.start(scenario, "runs")) {
                second.awaitEnd()
                        .exits(4)
                        .prints("does not answer", "Process " + holder.pid(), "kill -CONT " + holder.pid());
            }
            holder.signal("CONT");
            try (var third = ChildProcess.start(scenario, "runs", "--json")) {
                assertThat(third.awaitEnd().exits(0).json()).isEmpty();
            }
        }
    }

    private static ChildProcess holder(Scenario scenario) {
        var child = java(scenario, DatabaseHolder.class);
        return child.until("the database is open", () -> child.hasPrinted("open"));
    }

    private static ChildProcess java(Scenario scenario, Class<?> main, String... more) {
        var options = List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), main.getName());
        var arguments = new ArrayList<>(List.of(scenario.data().toString()));
        arguments.addAll(List.of(more));
        return ChildProcess.of(scenario, options, arguments.toArray(String[]::new));
    }
}
