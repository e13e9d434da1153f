package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.smsrunner.support.TestDatabases;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

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

    @Test
    void aRunGoesOnWhenTheProcessThatServesItsDatabaseIsKilled() {
        var night = night(12).speed(600).job("limits.requests-per-second", "10");
        try (var holder = holder(night);
                var run = Child.running(night)) {
            run.until("some are started", () -> night.cloud().starts().size() >= 3);

            holder.kill();

            assertThat(run.ended().exits(0).outcomes()).containsExactly(entry("MIGRATED", 12));
        }
        night.cloud().sawNothingTwice();
    }

    @Test
    void aSuspendedProcessThatHasItOpenIsFoundOut() {
        var night = night(1);
        try (var holder = holder(night)) {
            holder.signal("STOP");
            try (var second = Child.started(night, "runs")) {
                second.ended().exits(4).says("does not answer", "kill -CONT");
            }
            holder.signal("CONT");
            try (var third = Child.started(night, "runs", "--json")) {
                assertThat(third.ended().exits(0).json()).isEmpty();
            }
        }
    }

    private static Child holder(Night night) {
        var options = List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"));
        var child = Child.of(night, options, Opens.class.getName(), night.data().toString());
        return child.until("the database is open", () -> child.hasSaid("open"));
    }
}
