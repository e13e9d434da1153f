package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs that the released version began and that were killed in the middle. This version finishes each of them, by the same
 * command and by {@code resume}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledOnOs(value = OS.LINUX, disabledReason = "the recorded paths start with /proc/self/cwd")
class ReleasedRunIT {

    /** The copy of a server that failed once is started twice. */
    private static final String RESTARTED = "start fe2afde7-b997-38e2-a611-0565c4954329";

    private static final List<String> JOBS = List.of("migrate", "action", "changestate", "update", "stop-dcs");

    private Path directory;
    private final Map<String, String> runIds = new HashMap<>();
    private final Map<String, ReleasedRun> copies = new HashMap<>();
    private final Map<String, ReleasedRun.Started> commands = new HashMap<>();

    /** The commands work at the same time, since each waits until it may look up a lost answer. */
    @BeforeAll
    void startEach(@TempDir Path temporary) throws Exception {
        directory = temporary;
        var first = ReleasedRun.copyTo(Files.createDirectory(directory.resolve("runs")));
        first.start("runs")
                .awaitEnd()
                .exits(0)
                .json()
                .forEach(run -> runIds.put(
                        run.path("job").asString(), run.path("run_id").asString()));
        assertThat(runIds).containsOnlyKeys(JOBS);
        for (var job : JOBS) {
            start("run", job, "/proc/self/cwd/" + job + ".yaml");
            start("resume", job, runIds.get(job));
        }
    }

    private void start(String command, String job, String argument) throws IOException {
        var copy = ReleasedRun.copyTo(Files.createDirectory(directory.resolve(command + "-" + job)));
        copies.put(command + job, copy);
        commands.put(command + job, copy.start(command, argument, "--quiet"));
    }

    @ParameterizedTest
    @CsvSource({
        "run,    migrate,     1, MIGRATED MIGRATED NOT_LAUNCHED MIGRATED FAILED MIGRATED MIGRATED MIGRATED REJECTED MIGRATED MIGRATED MIGRATED",
        "resume, migrate,     1, MIGRATED MIGRATED NOT_LAUNCHED MIGRATED FAILED MIGRATED MIGRATED MIGRATED REJECTED MIGRATED MIGRATED MIGRATED",
        "run,    action,      0, DONE DONE SKIPPED DONE SKIPPED DONE DONE DONE DONE DONE DONE DONE",
        "resume, action,      0, DONE DONE SKIPPED DONE SKIPPED DONE DONE DONE DONE DONE DONE DONE",
        "run,    changestate, 1, DONE DONE DONE DONE FAILED DONE DONE DONE DONE DONE DONE DONE",
        "resume, changestate, 1, DONE DONE DONE DONE FAILED DONE DONE DONE DONE DONE DONE DONE",
        "run,    update,      0, DONE DONE DONE DONE DONE DONE DONE DONE DONE DONE DONE DONE",
        "resume, update,      0, DONE DONE DONE DONE DONE DONE DONE DONE DONE DONE DONE DONE",
        "run,    stop-dcs,    1, DONE DONE DONE REJECTED DONE SKIPPED DONE SKIPPED DONE DONE DONE REJECTED",
        "resume, stop-dcs,    1, DONE DONE DONE REJECTED DONE SKIPPED DONE SKIPPED DONE DONE DONE REJECTED"
    })
    void killedRunOfReleasedVersionIsFinished(String command, String job, int exitCode, String outcomes)
            throws Exception {
        var copy = copies.get(command + job);
        var result = commands.get(command + job).awaitEnd().exits(exitCode);
        var runId = runIds.get(job);

        assertThat(result.runId()).isEqualTo(runId);
        assertThat(String.join(" ", copy.outcomes(runId))).isEqualTo(outcomes);
        assertThat(copy.changes(runId))
                .hasSizeGreaterThan(recordedChanges(runId).size());
        var twice = new TreeMap<>(copy.changes(runId));
        twice.values().removeIf(times -> times == 1);
        assertThat(twice).isEqualTo(job.equals("migrate") ? Map.of(RESTARTED, 2) : Map.of());
        assertNoViolation(copy, runId);
    }

    private Map<String, Integer> recordedChanges(String runId) throws IOException {
        return new ReleasedRun(directory.resolve("runs")).changes(runId);
    }

    private static void assertNoViolation(ReleasedRun copy, String runId) throws Exception {
        var verified = copy.start("verify", runId).awaitEnd();

        assertThat(verified.json().path("violations")).as(verified.out()).isEmpty();
        verified.exits(0);
    }
}
