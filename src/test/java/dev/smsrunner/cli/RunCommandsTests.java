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

/** Commands that read runs while another process has the embedded database open. */
class RunCommandsTests {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String OTHER = "20261122-0000-0001";

    @TempDir
    Path directory;

    SampleLedger sample;
    FencedRun owner;
    InProcessCli cli = new InProcessCli();

    @BeforeEach
    void fill() {
        sample = new SampleLedger(directory);
        owner = sample.fill();
    }

    @AfterEach
    void close() {
        sample.close();
    }

    private int execute(String... arguments) {
        return cli.execute(Stream.concat(
                        Stream.of(arguments), Stream.of("--data", sample.data().toString()))
                .toArray(String[]::new));
    }

    private JsonNode json() {
        return JSON.readTree(cli.out());
    }

    @Test
    void runsListsAllRuns() {
        assertThat(execute("runs")).isZero();
        assertThat(cli.out())
                .startsWith("RUN ")
                .contains("20261121-2200-7f3c  migrate  RUNNING  2026-11-21T22:00:00Z  -")
                .contains("1 MIGRATED, 1 SKIPPED, 1 FAILED, 1 REJECTED, 2 WAITING");
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void runsAsJsonIsAnArrayOldestFirst() {
        sample.begin(OTHER, "key-2", SampleLedger.BEGIN.plusSeconds(7_200));

        assertThat(execute("runs", "--json")).isZero();

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
    void runWithDeadProcessIsInterrupted() {
        cli.withDeadHolder();

        assertThat(execute("runs", "--json")).isZero();
        assertThat(json().at("/0/state").asString()).isEqualTo("INTERRUPTED");
    }

    @Test
    void leaseHolderWorksOnLatestRunOnly() {
        sample.begin(OTHER, "key-2", SampleLedger.BEGIN.plusSeconds(7_200));
        sample.leases().release("key-1", owner.token());

        execute("runs", "--json");

        assertThat(json().findValuesAsString("state")).containsExactly("INTERRUPTED", "RUNNING");
    }

    @Test
    void statusAsTextHasWavesAndFailures() {
        assertThat(execute("status")).isZero();
        assertThat(cli.out())
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
        assertThat(execute("status", SampleLedger.RUN_ID, "--json")).isZero();

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
    void reportPrintsWrittenFiles() {
        assertThat(execute("report", "last")).isZero();
        assertThat(cli.out().lines().map(Path::of))
                .hasSize(5)
                .allSatisfy(file -> assertThat(file).exists());
    }

    @Test
    void reportWritesRequestedFormatOnly() {
        assertThat(execute("report", "--format", "json", "--json")).isZero();
        assertThat(json().get("run_id").asString()).isEqualTo(SampleLedger.RUN_ID);
        var mine = Path.of(json().get("report_directory").asString());
        assertThat(mine.resolve("report.json")).exists();
        assertThat(mine.resolve("report.csv")).doesNotExist();
    }

    @Test
    void unwritableReportIsOneLine() throws IOException {
        Files.writeString(sample.reports(), "in the way");

        assertThat(execute("report")).isEqualTo(2);
        assertThat(cli.err())
                .startsWith("error: Cannot write the report of run")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "report", "stop"})
    void unknownRunIsBadInputWithSuggestion(String command) {
        assertThat(execute(command, "20261121-2200-7f3d")).isEqualTo(2);
        assertThat(cli.err())
                .startsWith("error: There is no run '20261121-2200-7f3d' under")
                .contains("Did you mean '20261121-2200-7f3c'?");
    }

    @Test
    void ambiguousRunIsBadInput() {
        sample.begin(OTHER, "key-2", SampleLedger.BEGIN.plusSeconds(7_200));

        assertThat(execute("status")).isEqualTo(2);
        assertThat(cli.err())
                .contains("Missing run id. There are 2 runs")
                .contains(OTHER)
                .contains("'last'");
        assertThat(execute("status", "last", "--json")).isZero();
        assertThat(json().get("run_id").asString()).isEqualTo(OTHER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "report", "stop"})
    void withoutDatabaseThereIsNoRun(String command) {
        var nowhere = directory.resolve("nowhere");

        assertThat(cli.execute(command, "x", "--data", nowhere.toString())).isEqualTo(2);
        assertThat(cli.err()).startsWith("error: There is no run under " + nowhere);
        assertThat(nowhere).doesNotExist();
    }

    @Test
    void withoutDatabaseRunsIsEmpty() {
        var nowhere = directory.resolve("nowhere");

        assertThat(cli.execute("runs", "--data", nowhere.toString())).isZero();
        assertThat(cli.out()).isEmpty();
        assertThat(cli.execute("runs", "--json", "--data", nowhere.toString())).isZero();
        assertThat(json().isArray()).isTrue();
        assertThat(json().isEmpty()).isTrue();
        assertThat(nowhere).doesNotExist();
    }

    @Test
    void stopWaitsUntilTheRunHasStopped() {
        var polls = new int[1];
        cli.meanwhile(time -> {
            assertThat(sample.runs().isStopRequested(SampleLedger.RUN_ID)).isTrue();
            if (++polls[0] == 3) {
                sample.runs().end(owner, RunState.STOPPED);
                sample.leases().release("key-1", owner.token());
            }
        });

        assertThat(execute("stop", SampleLedger.RUN_ID)).isZero();

        assertThat(polls[0]).isEqualTo(3);
        assertThat(cli.err()).contains("Requested the stop of run 20261121-2200-7f3c (host ops-1, process 4711");
        assertThat(cli.out())
                .contains("7f3c stopped. Migrations already running in the cloud continue.")
                .contains("'resume 20261121-2200-7f3c'");
    }

    @Test
    void stopWithNoWaitReturnsAtOnce() {
        assertThat(execute("stop", "--no-wait")).isZero();
        assertThat(sample.runs().isStopRequested(SampleLedger.RUN_ID)).isTrue();
        assertThat(cli.out()).contains("will stop within seconds");
    }

    @Test
    void stopWaitsHalfAMinuteAtMost() {
        var waited = new long[1];
        cli.meanwhile(time -> waited[0] += time.toMillis());

        assertThat(execute("stop", "--wait", "--json")).isZero();

        assertThat(waited[0]).isEqualTo(30_000);
        assertThat(json().get("state").asString()).isEqualTo("RUNNING");
    }

    @Test
    void stopOfInterruptedRunDoesNothing() {
        cli.withDeadHolder();

        assertThat(execute("stop")).isZero();
        assertThat(cli.out()).contains("No process works on run").contains("'resume 20261121-2200-7f3c'");
        assertThat(sample.runs().isStopRequested(SampleLedger.RUN_ID)).isFalse();
    }

    @Test
    void stopOfFinishedRunDoesNothing() {
        sample.finish(owner);

        assertThat(execute("stop")).isZero();
        assertThat(cli.out()).contains("finished at 2026-11-22T01:00:00Z; there is nothing to stop");
    }

    @Test
    void coloursAreForTerminalsOnly() {
        execute("status");
        assertThat(cli.out()).doesNotContain("\u001b");

        cli.onTerminal();
        execute("status");
        assertThat(cli.out()).contains("\u001b[1m");

        execute("status", "--no-color");
        assertThat(cli.out()).doesNotContain("\u001b");

        cli.environment("NO_COLOR", "1");
        execute("status");
        assertThat(cli.out()).doesNotContain("\u001b");
    }

    @Test
    void watchPrintsChangesUntilTheEnd() {
        var polls = new java.util.concurrent.atomic.AtomicInteger();
        cli.meanwhile(time -> {
            assertThat(time).hasSeconds(3);
            if (polls.incrementAndGet() == 3) {
                sample.runs().end(owner, RunState.FINISHED);
            }
        });

        assertThat(execute("status", "--watch", "--every", "3")).isZero();

        assertThat(polls).hasValue(3);
        assertThat(cli.out().lines().filter(line -> line.contains("rows ended")))
                .as("a line for each change, and there was none")
                .hasSize(1);
        assertThat(cli.out())
                .contains("Run 20261121-2200-7f3c  migrate  FINISHED")
                .contains("Outcomes:");
    }

    @Test
    void watchAsJsonPrintsOneObjectPerLine() {
        cli.meanwhile(time -> sample.runs().end(owner, RunState.STOPPED));

        assertThat(execute("status", "--watch", "--json")).isZero();

        assertThat(cli.out()
                        .lines()
                        .map(line -> JSON.readTree(line).get("state").asString()))
                .containsExactly("RUNNING", "STOPPED");
    }

    @Test
    void watchOnTerminalRedraws() {
        cli.onTerminal()
                .environment("NO_COLOR", "1")
                .meanwhile(time -> sample.runs().end(owner, RunState.STOPPED));

        assertThat(execute("status", "--watch")).isZero();

        assertThat(cli.out()).contains("\u001b[K\n").contains("A\u001b[J").doesNotContain("\u001b[31m");
    }

    @Test
    void invalidWatchIntervalIsRefused() {
        assertThat(execute("status", "--watch", "--every", "0")).isEqualTo(ExitCode.BAD_INPUT.code());
        assertThat(cli.err()).contains("--every must be 1 to 3600 seconds, not 0.");
    }
}
