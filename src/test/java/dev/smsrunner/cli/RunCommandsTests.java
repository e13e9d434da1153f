package dev.smsrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.report.SampleLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands that look at runs, beside a process that has the embedded database open. */
class RunCommandsTests {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String OTHER = "20261122-0000-0001";

    @TempDir
    Path directory;

    SampleLedger sample;
    FencedRun owner;
    InProcessCli spoken = new InProcessCli();

    @BeforeEach
    void fill() {
        sample = new SampleLedger(directory);
        owner = sample.fill();
    }

    @AfterEach
    void close() {
        sample.close();
    }

    private int say(String... words) {
        return spoken.say(Stream.concat(
                        Stream.of(words), Stream.of("--data", sample.data().toString()))
                .toArray(String[]::new));
    }

    private JsonNode json() {
        return JSON.readTree(spoken.out());
    }

    @Test
    void runsListsWhatThereIs() {
        assertThat(say("runs")).isZero();
        assertThat(spoken.out())
                .startsWith("RUN ")
                .contains("20261121-2200-7f3c  migrate  RUNNING  2026-11-21T22:00:00Z  -")
                .contains("1 MIGRATED, 1 SKIPPED, 1 FAILED, 1 REJECTED, 2 WAITING");
        assertThat(spoken.err()).isEmpty();
    }

    @Test
    void runsAsJsonIsAnArrayOldestFirst() {
        sample.begin(OTHER, "key-2", SampleLedger.BEGIN.plusSeconds(7_200));

        assertThat(say("runs", "--json")).isZero();

        assertThat(json().findValuesAsString("run_id")).containsExactly(SampleLedger.RUN_ID, OTHER);
        var first = json().get(0);
        assertThat(first.propertyNames())
                .contains("run_id", "job", "state", "started_at", "ended_at", "outcomes", "report_directory");
        assertThat(first.at("/outcomes/WAITING").asInt()).isEqualTo(2);
        assertThat(first.at("/outcomes/DONE").asInt()).isZero();
        assertThat(first.get("ended_at").isNull()).isTrue();
        assertThat(first.get("report_directory").asString())
                .isEqualTo(sample.reports().resolve(SampleLedger.RUN_ID).toString());
    }

    @Test
    void aRunWhoseProcessIsGoneIsInterrupted() {
        spoken.withDeadHolder();

        assertThat(say("runs", "--json")).isZero();
        assertThat(json().at("/0/state").asString()).isEqualTo("INTERRUPTED");
    }

    @Test
    void theHolderOfALeaseWorksOnTheLatestRunUnderItOnly() {
        sample.begin(OTHER, "key-2", SampleLedger.BEGIN.plusSeconds(7_200));
        sample.leases().release("key-1", owner.token());

        say("runs", "--json");

        assertThat(json().findValuesAsString("state")).containsExactly("INTERRUPTED", "RUNNING");
    }

    @Test
    void statusTellsAPersonWhereEachServerIs() {
        assertThat(say("status")).isZero();
        assertThat(spoken.out())
                .contains("Run 20261121-2200-7f3c  migrate  RUNNING")
                .contains("(3h00m ago)")
                .contains("host ops-1, process 4711")
                .containsSubsequence("WAVE", "wave-1", "wave-2", "wave-10", "(none)", "all")
                .contains("hr-app-02 (row 5, task task-5), REPLICATING: no progress for 45 minutes")
                .contains("2 rows failed or were rejected:")
                .contains("1 x FAILED SMS.0515: The target of erp-db-02 was deleted.")
                .contains("do: Delete the task and run 'rerun'.")
                .contains("erp-db-02 (row 2)");
    }

    @Test
    void statusAsJsonHasEveryRow() {
        assertThat(say("status", SampleLedger.RUN_ID, "--json")).isZero();

        var status = json();
        assertThat(status.propertyNames()).contains("run_id", "outcome", "report_directory", "state", "rows", "waves");
        assertThat(status.at("/outcome/FAILED").asInt()).isEqualTo(1);
        assertThat(status.at("/rows").size()).isEqualTo(6);
        assertThat(status.at("/row_count").asInt()).isEqualTo(6);
        assertThat(status.at("/rows/4/attention").asString()).isEqualTo("no progress for 45 minutes");
        assertThat(status.at("/rows/4/source_server_id").asString()).isEqualTo("src-5");
        assertThat(status.at("/holder/pid").asInt()).isEqualTo(4711);
        assertThat(status.at("/waves/0/closed").asInt()).isEqualTo(2);
    }

    @Test
    void reportWritesTheFilesAndNamesThem() {
        assertThat(say("report", "last")).isZero();
        assertThat(spoken.out().lines().map(Path::of))
                .hasSize(5)
                .allSatisfy(file -> assertThat(file).exists());
    }

    @Test
    void reportWritesOnlyTheWantedFormat() {
        assertThat(say("report", "--format", "json", "--json")).isZero();
        assertThat(json().get("run_id").asString()).isEqualTo(SampleLedger.RUN_ID);
        var mine = Path.of(json().get("report_directory").asString());
        assertThat(mine.resolve("report.json")).exists();
        assertThat(mine.resolve("report.csv")).doesNotExist();
    }

    @Test
    void aReportThatCannotBeWrittenIsOneLine() throws IOException {
        Files.writeString(sample.reports(), "in the way");

        assertThat(say("report")).isEqualTo(2);
        assertThat(spoken.err())
                .startsWith("error: Cannot write the report of run")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "report", "stop"})
    void anUnknownRunIsBadInputWithTheNearest(String command) {
        assertThat(say(command, "20261121-2200-7f3d")).isEqualTo(2);
        assertThat(spoken.err())
                .startsWith("error: There is no run '20261121-2200-7f3d' under")
                .contains("Did you mean '20261121-2200-7f3c'?");
    }

    @Test
    void severalRunsMustBeToldApart() {
        sample.begin(OTHER, "key-2", SampleLedger.BEGIN.plusSeconds(7_200));

        assertThat(say("status")).isEqualTo(2);
        assertThat(spoken.err())
                .contains("Which run? There are 2")
                .contains(OTHER)
                .contains("'last'");
        assertThat(say("status", "last", "--json")).isZero();
        assertThat(json().get("run_id").asString()).isEqualTo(OTHER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "report", "stop"})
    void withoutADatabaseThereIsNoRunAndNoneIsCreated(String command) {
        var nowhere = directory.resolve("nowhere");

        assertThat(spoken.say(command, "x", "--data", nowhere.toString())).isEqualTo(2);
        assertThat(spoken.err()).startsWith("error: There is no run under " + nowhere);
        assertThat(nowhere).doesNotExist();
    }

    @Test
    void withoutADatabaseRunsIsEmpty() {
        var nowhere = directory.resolve("nowhere");

        assertThat(spoken.say("runs", "--data", nowhere.toString())).isZero();
        assertThat(spoken.out()).isEmpty();
        assertThat(spoken.say("runs", "--json", "--data", nowhere.toString())).isZero();
        assertThat(json().isArray()).isTrue();
        assertThat(json().isEmpty()).isTrue();
        assertThat(nowhere).doesNotExist();
    }

    @Test
    void stopAsksAndWaitsUntilTheRunHasStopped() {
        var looks = new int[1];
        spoken.meanwhile(time -> {
            assertThat(sample.runs().isStopRequested(SampleLedger.RUN_ID)).isTrue();
            if (++looks[0] == 3) {
                sample.runs().end(owner, RunState.STOPPED);
                sample.leases().release("key-1", owner.token());
            }
        });

        assertThat(say("stop", SampleLedger.RUN_ID)).isZero();

        assertThat(looks[0]).isEqualTo(3);
        assertThat(spoken.err()).contains("Asked run 20261121-2200-7f3c to stop (host ops-1, process 4711");
        assertThat(spoken.out()).contains("is stopped").contains("'resume 20261121-2200-7f3c'");
    }

    @Test
    void stopDoesNotWaitWhenToldSo() {
        assertThat(say("stop", "--no-wait")).isZero();
        assertThat(sample.runs().isStopRequested(SampleLedger.RUN_ID)).isTrue();
        assertThat(spoken.out()).contains("will stop within seconds");
    }

    @Test
    void stopGivesUpWaitingAfterHalfAMinute() {
        var waited = new long[1];
        spoken.meanwhile(time -> waited[0] += time.toMillis());

        assertThat(say("stop", "--wait", "--json")).isZero();

        assertThat(waited[0]).isEqualTo(30_000);
        assertThat(json().get("state").asString()).isEqualTo("RUNNING");
    }

    @Test
    void thereIsNothingToStopWhenNobodyRunsIt() {
        spoken.withDeadHolder();

        assertThat(say("stop")).isZero();
        assertThat(spoken.out()).contains("Nobody is running").contains("'resume 20261121-2200-7f3c'");
        assertThat(sample.runs().isStopRequested(SampleLedger.RUN_ID)).isFalse();
    }

    @Test
    void aFinishedRunNeedsNoStop() {
        sample.finish(owner);

        assertThat(say("stop")).isZero();
        assertThat(spoken.out()).contains("finished at 2026-11-22T01:00:00Z; there is nothing to stop");
    }

    @Test
    void coloursAreForTerminalsOnly() {
        say("status");
        assertThat(spoken.out()).doesNotContain("\u001b");

        spoken.onTerminal();
        say("status");
        assertThat(spoken.out()).contains("\u001b[1m");

        say("status", "--no-color");
        assertThat(spoken.out()).doesNotContain("\u001b");

        spoken.environment("NO_COLOR", "1");
        say("status");
        assertThat(spoken.out()).doesNotContain("\u001b");
    }

    @Test
    void watchingShowsEachChangeAndEndsWithTheRun() {
        var looks = new java.util.concurrent.atomic.AtomicInteger();
        spoken.meanwhile(time -> {
            assertThat(time).hasSeconds(3);
            if (looks.incrementAndGet() == 3) {
                sample.runs().end(owner, RunState.FINISHED);
            }
        });

        assertThat(say("status", "--watch", "--every", "3")).isZero();

        assertThat(looks).hasValue(3);
        assertThat(spoken.out().lines().filter(line -> line.contains("rows closed")))
                .as("a line for each change, and there was none")
                .hasSize(1);
        assertThat(spoken.out())
                .contains("Run 20261121-2200-7f3c  migrate  FINISHED")
                .contains("Outcomes:");
    }

    @Test
    void watchingAsJsonPrintsAnObjectOnEachLine() {
        spoken.meanwhile(time -> sample.runs().end(owner, RunState.STOPPED));

        assertThat(say("status", "--watch", "--json")).isZero();

        assertThat(spoken.out()
                        .lines()
                        .map(line -> JSON.readTree(line).get("state").asString()))
                .containsExactly("RUNNING", "STOPPED");
    }

    @Test
    void watchingOnATerminalDrawsOverWhatIsThere() {
        spoken.onTerminal()
                .environment("NO_COLOR", "1")
                .meanwhile(time -> sample.runs().end(owner, RunState.STOPPED));

        assertThat(say("status", "--watch")).isZero();

        assertThat(spoken.out()).contains("\u001b[K\n").contains("A\u001b[J").doesNotContain("\u001b[31m");
    }

    @Test
    void aWatchThatMakesNoSenseIsRefused() {
        assertThat(say("status", "--watch", "--every", "0")).isEqualTo(ExitCode.BAD_INPUT.code());
        assertThat(spoken.err()).contains("--every takes 1 to 3600 seconds, not 0.");
    }
}
