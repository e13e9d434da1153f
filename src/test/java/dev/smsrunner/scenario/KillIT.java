package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program is killed at many moments of a night; the same command must end it as if nothing had happened. */
class KillIT {

    private static final int SERVERS = 40;

    private static final List<String> COMPARED = List.of(
            "outcome", "reason", "stage", "task_state", "copy_state", "migration_cycle", "attempts", "error_code");

    @TempDir
    private Path directory;

    @TempDir
    private Path undisturbed;

    @Test
    void elevenKillsOnTheEmbeddedDatabaseChangeNothing() {
        var moments = new LinkedHashMap<String, Predicate<Cloud>>();
        moments.put("the first look", cloud -> cloud.calls("ListServers") > 0);
        moments.put("the first create", cloud -> cloud.creates().size() >= 1);
        moments.put("the 12th create", cloud -> cloud.creates().size() >= 12);
        moments.put("the 30th create", cloud -> cloud.creates().size() >= 30);
        moments.put("the first start", cloud -> cloud.starts().size() >= 1);
        moments.put("the 18th start", cloud -> cloud.starts().size() >= 18);
        moments.put("the 35th start", cloud -> cloud.starts().size() >= 35);
        moments.put("the first launch", cloud -> cloud.launches().size() >= 1);
        moments.put("the 15th launch", cloud -> cloud.launches().size() >= 15);
        moments.put("the 33rd launch", cloud -> cloud.launches().size() >= 33);

        storm(Home.embedded(), moments);
    }

    @Test
    void killsOnPostgresChangeNothing() {
        var moments = new LinkedHashMap<String, Predicate<Cloud>>();
        moments.put("the 20th create", cloud -> cloud.creates().size() >= 20);
        moments.put("the 20th start", cloud -> cloud.starts().size() >= 20);
        moments.put("the 20th launch", cloud -> cloud.launches().size() >= 20);

        storm(Home.postgres(), moments);
    }

    private void storm(Home home, Map<String, Predicate<Cloud>> moments) {
        try (var quiet = night(undisturbed, Home.embedded()).speed(6_000).job("limits.requests-per-second", "400");
                var night = night(directory, home)) {
            var expected = quiet.run().exits(0);
            killedDuringStartUp(night);
            moments.forEach((what, moment) -> killedAt(night, what, moment));

            var told = lastRun(night);

            assertThat(told.outcomes()).containsOnly(entry("MIGRATED", SERVERS - 1), entry("SKIPPED", 1));
            assertThat(canonical(told)).isEqualTo(canonical(expected));
            assertThat(night.cloud().creates()).isEqualTo(quiet.cloud().creates());
            assertThat(night.cloud().starts()).isEqualTo(quiet.cloud().starts());
            assertThat(night.cloud().launches()).isEqualTo(quiet.cloud().launches());
            night.cloud().sawNothingTwice();
            assertThat(told.callStates()).doesNotContain("OPEN", "UNKNOWN");
            assertThat(night.command("runs", "--json").exits(0).json().size()).isEqualTo(1);
            night.keptItsPromises();
            quiet.keptItsPromises();
        }
    }

    /** Some fail once, some have a task already, one is done; the answers of the first few starts are lost. */
    private static Night night(Path directory, Home home) {
        return Night.of(SERVERS, directory, home)
                .speed(600)
                .job("limits.requests-per-second", "20")
                .server("crm-app-01", "fail-times: 1, fail-code: SMS.0203")
                .server("hr-db-*", "fail-times: 1, fail-at: 90%")
                .server("bi-app-0?", "leftover-task: READY")
                .server("shop-web-01", "leftover-task: MIGRATE_SUCCESS")
                .answers("operation: start, kind: close-after, times: 3");
    }

    private static void killedDuringStartUp(Night night) {
        try (var child = Child.running(night)) {
            child.until("it has its run", () -> child.hasSaid("begins migrate")).kill();
        }
    }

    private static void killedAt(Night night, String what, Predicate<Cloud> moment) {
        var cloud = night.cloud();
        try (var child = Child.running(night)) {
            child.until(what, () -> moment.test(cloud)).kill();
        }
    }

    private static Told lastRun(Night night) {
        try (var child = Child.running(night)) {
            return child.ended().exits(0);
        }
    }

    private static Map<String, Map<String, String>> canonical(Told told) {
        var rows = new TreeMap<String, Map<String, String>>();
        told.report().forEach((server, row) -> {
            var cells = new TreeMap<>(row);
            cells.keySet().retainAll(COMPARED);
            rows.put(server, cells);
        });
        return rows;
    }
}
