package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jobs other than migrate with lost and broken answers and with kills. The same command must finish each job with the result
 * of an undisturbed run and without repeated changes. A build runs each job once over 60 rows, {@code -Dtrials=N} N times over 200.
 */
class OtherJobsKillIT {

    private static final List<String> COMPARED = List.of(
            "outcome", "reason", "stage", "task_state", "copy_state", "migration_cycle", "attempts", "error_code");

    private static final int AT_ONCE = 4;
    private static final Duration EVERY = Duration.ofMillis(50);

    @TempDir
    private Path directory;

    @Test
    void killedJobsEndAsUndisturbed() throws Exception {
        int trials = Integer.getInteger("trials", JobStory.all().size());
        long seed = Long.getLong("trials.seed", 7);
        var expected = new HashMap<String, Ending>();
        for (var story : JobStory.all()) {
            expected.put(story.job(), undisturbed(story));
        }
        var work = new ArrayList<Callable<Void>>();
        for (int number = 0; number < trials; number++) {
            var story = JobStory.all().get(number % JobStory.all().size());
            boolean embedded = (number + number / JobStory.all().size()) % 2 == 0;
            work.add(trial(number, story, embedded, expected.get(story.job()), new Random(seed * 1000 + number)));
        }
        var threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            for (var done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private Ending undisturbed(JobStory story) throws IOException {
        try (var scenario = story.quiet(scenario(story.job(), StoryDatabase.embedded()))) {
            return Ending.of(scenario.run(), scenario);
        }
    }

    private Callable<Void> trial(int number, JobStory story, boolean embedded, Ending expected, Random random) {
        var home = embedded ? StoryDatabase.embedded() : StoryDatabase.postgres();
        return () -> {
            try (var scenario = story.faulty(scenario(story.job() + "-" + number, home))) {
                var result = runWithKills(scenario, expected.effects().size(), random);
                var ending = Ending.of(result, scenario);

                var what = "trial %d, %s on %s".formatted(number, story.job(), embedded ? "H2" : "PostgreSQL");
                assertThat(ending.rows()).as(what).isEqualTo(expected.rows());
                assertThat(ending.effects()).as(what).isEqualTo(expected.effects());
                assertThat(result.callStates()).as(what).doesNotContain("OPEN", "UNKNOWN");
            }
            return null;
        };
    }

    /** Kills the process once or twice, at any change but the last few, and repeats the command. */
    private static CommandResult runWithKills(Scenario scenario, int effects, Random random) {
        var cloud = scenario.cloud();
        int done = 0;
        for (int kill = random.nextInt(4) == 0 ? 2 : 1; kill > 0; kill--) {
            int moment = done + 1 + random.nextInt(Math.max(1, effects * 9 / 10 - done));
            try (var child = ChildProcess.run(scenario)) {
                child.until("change " + moment, EVERY, () -> cloud.changes().size() >= moment);
                if (!child.isAlive()) {
                    return child.awaitEnd();
                }
                child.kill();
            }
            done = cloud.changes().size();
        }
        try (var child = ChildProcess.run(scenario)) {
            return child.awaitEnd();
        }
    }

    private Scenario scenario(String name, StoryDatabase home) throws IOException {
        return Scenario.of(JobStory.ROWS, Files.createDirectory(directory.resolve(name)), home);
    }

    /** Result of a run: the rows of its report and the changes in the cloud. */
    private record Ending(List<Map<String, String>> rows, Map<String, Integer> effects) {

        static Ending of(CommandResult result, Scenario scenario) {
            result.exits(1);
            var rows = new ArrayList<Map<String, String>>();
            for (var row : result.json("report.json").path("rows")) {
                var cells = new LinkedHashMap<String, String>();
                COMPARED.forEach(
                        column -> cells.put(column, stable(row.path(column).asString(""))));
                rows.add(cells);
            }
            assertThat(rows).hasSize(JobStory.ROWS);
            var effects = scenario.cloud().effects();
            assertThat(effects.values()).containsOnly(1);
            return new Ending(rows, effects);
        }

        /** The copy of a running task proceeds on its own, so its state depends on the moment of the preflight. */
        private static String stable(String cell) {
            return cell.equals("initialize") ? "replicate" : cell;
        }
    }
}
