package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.smsrunner.simulator.KnownServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Standbys of the packaged program on a real PostgreSQL: {@code run --standby}. */
class StandbyIT extends ScenarioTest {

    private static final String CLOSED = "{open: '2099-01-01T00:00Z', close: '2099-01-01T04:00Z'}";
    private static final String WAITS = "Standby: ";

    /** Time from the death of a process to the first call of its standby. */
    private static final Duration TAKEOVER = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private final StoryDatabase home = StoryDatabase.postgres();

    @Override
    StoryDatabase home() {
        return home;
    }

    /**
     * Kills the process that works on the run, again and again; one of two standbys takes over, the other one waits on.
     * {@code -Dstandby.kills=100} kills as often.
     */
    @Test
    void oneOfTwoStandbysTakesOverFromAKilledProcess() throws IOException {
        var random = new Random(Long.getLong("trials.seed", 7));
        int number = 0;
        for (int left = Integer.getInteger("standby.kills", 2); left > 0; number++) {
            var folder = Files.createDirectory(directory.resolve("run-" + number));
            try (var scenario = Scenario.of(12, folder, StoryDatabase.postgres())) {
                left -= kills(scenario.speed(300).job("limits.requests-per-second", "10"), left, random);
                scenario.verifyRuns();
            }
        }
    }

    /** One run whose process is killed up to {@code most} times. Returns the number of kills. */
    private static int kills(Scenario scenario, int most, Random random) {
        scenario.prepare();
        int kills = 0;
        var living = new ArrayList<>(List.of(worker(scenario, List.of())));
        try {
            living.add(standby(scenario, List.of()));
            living.add(standby(scenario, List.of()));
            for (; kills < most && scenario.cloud().launches().size() < 9; kills++) {
                int changes = scenario.cloud().changes().size() + random.nextInt(4);
                int calls = scenario.audit().entries().size() + 40;
                living.get(0)
                        .until(
                                "it works",
                                () -> scenario.cloud().changes().size() > changes
                                        || scenario.audit().entries().size() > calls);
                living.remove(0).kill();
                moveWorkerToFront(living);
                living.add(standby(scenario, List.of()));
            }
            var ended = living.stream().map(ChildProcess::awaitEnd).toList();

            ended.forEach(result -> assertThat(result.exits(0).outcomes()).containsExactly(entry("MIGRATED", 12)));
            assertThat(ended)
                    .extracting(CommandResult::runId)
                    .containsOnly(ended.get(0).runId());
        } finally {
            living.forEach(ChildProcess::close);
        }
        assertThat(scenario.command("runs", "--json").json()).hasSize(1);
        scenario.cloud().assertNoDuplicates();
        return kills;
    }

    private static void moveWorkerToFront(List<ChildProcess> standbys) {
        await("a standby takes over")
                .atMost(Duration.ofMinutes(2))
                .until(() -> standbys.stream().anyMatch(StandbyIT::works));
        assertThat(standbys).filteredOn(StandbyIT::works).hasSize(1);
        standbys.sort(Comparator.comparing(child -> !works(child)));
    }

    private static boolean works(ChildProcess child) {
        return child.hasPrinted("resumes migrate of");
    }

    /** Figure of the takeover by another machine, by flag, since it takes a whole lease each time. */
    @Test
    void anotherMachineCallsWithinTwentySeconds() {
        int kills = Integer.getInteger("standby.machines", 0);
        assumeTrue(kills > 0, "-Dstandby.machines=100 measures as many takeovers");
        assumeTrue(Machine.canBeMade(), "needs Linux and the right to make namespaces");
        var times = new ArrayList<Duration>();
        var scenario = scenario(3).job("cutover.window", CLOSED);
        scenario.prepare();
        var worker = worker(scenario, Machine.named("machine-0"));
        try {
            for (int kill = 1; kill <= kills; kill++) {
                var next = standby(scenario, Machine.named("machine-" + kill));
                worker.kill();
                long killedAt = System.nanoTime();
                next.until("it takes over", () -> works(next));
                int calls = scenario.audit().entries().size();
                next.until("it calls", () -> scenario.audit().entries().size() > calls);
                times.add(Duration.ofNanos(System.nanoTime() - killedAt));
                worker = next;
            }
            scenario.stop("last").exits(0);
            worker.awaitEnd().exits(5);
        } finally {
            worker.close();
        }
        Collections.sort(times);
        System.out.printf(
                "%d takeovers: median %s, longest %s%n",
                times.size(), times.get(times.size() / 2), times.get(times.size() - 1));
        assertThat(times).allMatch(time -> time.compareTo(TAKEOVER) <= 0);
        scenario.cloud().assertNoDuplicates();
    }

    @Test
    void frozenAndThawedProcessWritesNothingAndSendsNothing() {
        var scenario = scenario(3).job("cutover.window", CLOSED).job("watch.every", "2s");
        scenario.prepare();
        try (var frozen = worker(scenario, List.of());
                var standby = standby(scenario, List.of())) {
            frozen.signal("STOP");
            standby.until("it takes over", () -> works(standby));
            int taken = scenario.audit().entries().size();
            standby.until("it calls", () -> scenario.audit().entries().size() > taken);
            scenario.stop("last").exits(0);
            standby.awaitEnd().exits(5);
            var events = events(scenario);
            int calls = scenario.audit().entries().size();

            frozen.signal("CONT");

            frozen.awaitEnd().exits(3).prints("Another process works on run");
            assertThat(scenario.audit().entries()).hasSize(calls);
            assertThat(events(scenario)).isEqualTo(events);
        }
    }

    private static String events(Scenario scenario) {
        return scenario.command("status", "last", "--json").exits(0).json().toString();
    }

    @Test
    void runThatFailsElsewhereEndsTheStandbyWithZero() {
        var scenario = scenario(2)
                .server(firstServer(), "fail-times: 99")
                .job("retry.restarts", "0")
                .speed(600);
        scenario.prepare();
        try (var worker = worker(scenario, List.of());
                var standby = standby(scenario, List.of())) {
            worker.awaitEnd().exits(1);

            var result = standby.awaitEnd().exits(0).prints("has ended, so the standby ends");
            assertThat(result.outcomes()).contains(entry("FAILED", 1));
            assertThat(result.err().split(WAITS, -1))
                    .as("says once that it waits")
                    .hasSize(2);
        }
        try (var late = ChildProcess.start(scenario, "run", scenario.jobFile().toString(), "--json", "--standby")) {
            late.awaitEnd().exits(0).prints("has ended, so the standby ends");
        }
        assertThat(scenario.command("runs", "--json").json()).hasSize(1);
    }

    private static String firstServer() {
        return KnownServer.first(1).get(0).name();
    }

    @Test
    void requestedStopEndsTheStandbyAndASignalDoesNot() {
        var scenario = scenario(2).job("cutover.window", CLOSED);
        scenario.prepare();
        try (var first = worker(scenario, List.of());
                var second = standby(scenario, List.of())) {
            first.terminate().awaitEnd().exits(5);
            second.until("it takes over", () -> works(second));
            try (var third = standby(scenario, List.of())) {
                scenario.stop("last").exits(0);

                second.awaitEnd().exits(5);
                third.awaitEnd().exits(5).prints("An operator stopped run", "'resume ");
            }
        }
    }

    @Test
    void signalEndsAWaitingStandbyAtOnce() {
        var scenario = scenario(2).job("cutover.window", CLOSED);
        scenario.prepare();
        try (var worker = worker(scenario, List.of());
                var standby = standby(scenario, List.of())) {
            standby.terminate().awaitEnd().exits(5).prints("ended by a signal", "Nothing was changed");

            assertThat(worker.isAlive()).isTrue();
            worker.terminate().awaitEnd().exits(5);
        }
    }

    @Test
    void standbyWithOtherFilesIsRefused() throws IOException {
        var scenario = scenario(2).job("cutover.window", CLOSED);
        scenario.prepare();
        var inventory = scenario.directory().resolve("inventory.csv");
        var copy = Files.createDirectory(scenario.directory().resolve("copy"));
        Files.copy(inventory, copy.resolve("inventory.csv"));
        Files.copy(scenario.jobFile(), copy.resolve("night.yaml"));
        try (var worker = worker(scenario, List.of())) {
            refused(scenario, scenario.jobFile().toString(), "--set", "limits.concurrent=7")
                    .prints("The job file differs from that of run", "limits.concurrent", "--accept-changes");
            refused(scenario, copy.resolve("night.yaml").toString()).prints("Use the same absolute paths");
            var lines = Files.readAllLines(inventory);
            Files.write(inventory, lines.subList(0, 2), StandardOpenOption.TRUNCATE_EXISTING);
            refused(scenario, scenario.jobFile().toString()).prints("The inventory differs from that of run");

            worker.terminate().awaitEnd().exits(5);
        }
    }

    private static CommandResult refused(Scenario scenario, String... arguments) {
        var all = new ArrayList<>(List.of("run"));
        all.addAll(List.of(arguments));
        all.add("--standby");
        try (var standby = ChildProcess.start(scenario, all.toArray(String[]::new))) {
            return standby.awaitEnd().exits(3).prints("Nothing was changed");
        }
    }

    /** A process that has begun to work on the run. */
    private static ChildProcess worker(Scenario scenario, List<String> through) {
        var child = start(scenario, through);
        return child.until("it works", () -> !scenario.cloud().starts().isEmpty());
    }

    /** A process that waits as a standby. */
    private static ChildProcess standby(Scenario scenario, List<String> through) {
        var child = start(scenario, through);
        return child.until("it waits", () -> child.hasPrinted(WAITS));
    }

    private static ChildProcess start(Scenario scenario, List<String> through) {
        return ChildProcess.startThrough(
                through, scenario, "run", scenario.jobFile().toString(), "--json", "--no-dashboard", "--standby");
    }
}
