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

/** The packaged program while another process has its embedded database open. */
class SharedDatabaseIT extends Story {

    /** A process that has the database open and does nothing with it. */
    static final class Opens {

        private Opens() {}

        public static void main(String[] data) throws InterruptedException {
            try (var database = TestDatabases.embedded(Path.of(data[0]))) {
                assertThat(database.source()).isNotNull();
                System.err.println("open");
                Thread.sleep(120_000);
            }
        }
    }

    /** A process that counts its commits for some seconds, riding whatever befalls the database. */
    static final class Counts {

        private Counts() {}

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
    void ofTwoClientsOneOpensTheFileWhenItsHolderIsKilledAndNoCommitIsLost() {
        var night = night(1);
        try (var holder = holder(night);
                var first = java(night, Counts.class, "first");
                var second = java(night, Counts.class, "second")) {
            first.until("it counts", () -> first.hasSaid("counting"));
            second.until("it counts", () -> second.hasSaid("counting"));

            holder.kill();

            var counted = Map.of(
                    "first", first.ended().exits(0), "second", second.ended().exits(0));
            try (var database = TestDatabases.embedded(night.data())) {
                counted.forEach((name, told) -> {
                    long acknowledged = Long.parseLong(told.out().strip());
                    assertThat(acknowledged).isGreaterThan(100);
                    assertThat(new Leases(database.source()).find(name).token())
                            .as("at most the commit whose answer was lost is there twice")
                            .isBetween(acknowledged, acknowledged + 2);
                });
            }
        }
    }

    @Test
    void aRunGoesOnWhenTheProcessThatServesItsDatabaseIsKilled() {
        var night = night(6).speed(600).job("limits.requests-per-second", "10");
        try (var holder = holder(night);
                var run = ChildProcess.running(night)) {
            run.until("some are started", () -> night.cloud().starts().size() >= 2);

            holder.kill();

            assertThat(run.ended().exits(0).outcomes()).containsExactly(entry("MIGRATED", 6));
        }
        night.cloud().sawNothingTwice();
    }

    @Test
    void aSuspendedProcessThatHasItOpenIsFoundOut() {
        var night = night(1);
        try (var holder = holder(night)) {
            holder.signal("STOP");
            try (var second = ChildProcess.started(night, "runs")) {
                second.ended()
                        .exits(4)
                        .says("does not answer", "Process " + holder.pid(), "kill -CONT " + holder.pid());
            }
            holder.signal("CONT");
            try (var third = ChildProcess.started(night, "runs", "--json")) {
                assertThat(third.ended().exits(0).json()).isEmpty();
            }
        }
    }

    private static ChildProcess holder(Scenario night) {
        var child = java(night, Opens.class);
        return child.until("the database is open", () -> child.hasSaid("open"));
    }

    private static ChildProcess java(Scenario night, Class<?> main, String... more) {
        var options = List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), main.getName());
        var words = new ArrayList<>(List.of(night.data().toString()));
        words.addAll(List.of(more));
        return ChildProcess.of(night, options, words.toArray(String[]::new));
    }
}
