package dev.smsrunner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smsrunner.database.Database;
import dev.smsrunner.database.DatabaseRetry;
import dev.smsrunner.inventory.InventoryCheckResult;
import dev.smsrunner.inventory.InventoryFile;
import dev.smsrunner.job.BulkJobs;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.JobFiles;
import dev.smsrunner.jobfile.Overrides;
import dev.smsrunner.ledger.Control;
import dev.smsrunner.ledger.ControlAction;
import dev.smsrunner.ledger.ControlRequest;
import dev.smsrunner.ledger.Controls;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.LeaseHolder;
import dev.smsrunner.ledger.Leases;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.ledger.StageCounts;
import dev.smsrunner.run.lease.RefusedException;
import dev.smsrunner.scenario.InventoryRows;
import dev.smsrunner.scenario.JobFileBuilder;
import dev.smsrunner.support.TestLedger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that a standby finds when it has the lease; StandbyIT tries whole processes. */
class StandbyTests {

    private static final String RUN = "20261121-2200-000a";
    private static final RunOptions STANDBY = new RunOptions(false, false, false, true);

    @TempDir
    private Path directory;

    private final Clock clock = Clock.systemUTC();
    private Database database;
    private Runs runs;
    private Ledger ledger;
    private JobFile job;

    @BeforeEach
    void open() throws Exception {
        database = Database.open(directory.resolve("data"), null, Map.of());
        runs = new Runs(database.source(), clock);
        ledger = new Ledger(database.source(), clock, DatabaseRetry.upTo(Duration.ZERO));
        job = jobIn(Files.createDirectory(directory.resolve("here")));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void endedRunOfTheSameFilesIsNotRepeated() throws InterruptedException {
        runs.end(open(RUN, null), RunState.FINISHED);

        var result = standBy();

        assertThat(result.ending()).isEqualTo(RunResult.Ending.ENDED_ELSEWHERE);
        assertThat(result.message()).contains("Run " + RUN + " has ended", "rerun " + RUN, "run --new");
        assertThat(runs.findAll()).hasSize(1);
    }

    @Test
    void endedRunOfOtherFilesIsFollowedByANewRun() throws Exception {
        runs.end(open(RUN, null), RunState.FINISHED);
        Files.writeString(job.inventory(), InventoryRows.of(1).text());

        assertThat(standBy().ending()).isEqualTo(RunResult.Ending.BROKEN); // there is no cloud here
        assertThat(runs.findAll()).hasSize(2);
    }

    @Test
    void unfinishedRerunIsRefusedWithTheCommandThatContinuesIt() {
        runs.end(open(RUN, null), RunState.FINISHED);
        open("20261121-2300-000b", RUN);

        assertThatThrownBy(this::standBy)
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("'resume 20261121-2300-000b'");
        assertThat(runs.findAll()).hasSize(2);
    }

    @Test
    void copyUnderAnotherPathIsRefusedWhileThatRunHasAHolder() throws Exception {
        open(RUN, null);
        var leases = new Leases(database.source());
        var key = RunService.jobKey(job.file(), job.inventory());
        leases.take(leases.find(key), new LeaseHolder("ops-2", "boot 2", 4711, "ticks=1"));
        var here = job;
        job = jobIn(Files.createDirectory(directory.resolve("copy")));

        assertThatThrownBy(this::standBy)
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining(here.file().toString())
                .hasMessageContaining("Use the same absolute paths");

        leases.release(key, leases.find(key).token());
        assertThat(standBy().ending()).isEqualTo(RunResult.Ending.BROKEN);
    }

    @Test
    void onlyARequestIsAStopByRequest() {
        var bySignal = open(RUN, null);
        assertThat(runs.isStoppedByRequest(RUN)).isFalse();

        ledger.appendRunEvents(bySignal, EventDraft.ofRun("STOPPED", null));
        runs.recordStop(bySignal);
        runs.end(bySignal, RunState.STOPPED);
        assertThat(runs.isStoppedByRequest(RUN))
                .as("recorded by the ending process itself")
                .isFalse();

        var resumed = runs.claim(RUN, 2);
        assertThat(runs.isStoppedByRequest(RUN)).isFalse();
        runs.requestStop(RUN, TestLedger.OPERATOR);
        assertThat(runs.isStoppedByRequest(RUN)).as("not executed yet").isTrue();
        ledger.appendRunEvents(resumed, EventDraft.ofRun("STOPPED", null));
        runs.end(resumed, RunState.STOPPED);
        assertThat(runs.isStoppedByRequest(RUN)).isTrue();

        runs.claim(RUN, 3);
        assertThat(runs.isStoppedByRequest(RUN)).as("resumed since").isFalse();
    }

    @Test
    void stopOfThePageIsAStopByRequest() {
        var owner = open(RUN, null);
        var controls = new Controls(database.source(), clock);
        controls.submit(RUN, ControlRequest.of(ControlAction.STOP, null, TestLedger.OPERATOR));
        assertThat(runs.isStoppedByRequest(RUN)).isTrue();

        ledger.answerControl(owner, controls.findPending(RUN).get(0), Control.State.DONE, "stopped", List.of());
        ledger.appendRunEvents(owner, EventDraft.ofRun("STOPPED", null));
        runs.end(owner, RunState.STOPPED);

        assertThat(runs.isStoppedByRequest(RUN)).isTrue();
    }

    private RunResult standBy() throws InterruptedException {
        CloudAccess none = (run, gate) -> {
            throw new IllegalStateException("there is no cloud here");
        };
        var service = new RunService(
                database, directory.resolve("data"), none, new Silent(), clock, new Random(7), TestLedger.OPERATOR);
        return service.run(job, Overrides.none(), checked(), STANDBY);
    }

    private JobFile jobIn(Path folder) throws Exception {
        Files.writeString(folder.resolve("inventory.csv"), InventoryRows.of(2).text());
        var file = Files.writeString(folder.resolve("job.yaml"), JobFileBuilder.of("https://127.0.0.1:1", Map.of()));
        return JobFiles.read(file, Overrides.none(), Map.of(), BulkJobs.ALL);
    }

    private InventoryCheckResult checked() {
        return InventoryFile.check(job.inventory(), job.defaults(), job.job().rowRules(), job.launchOrder());
    }

    /** A run whose process is gone. */
    private FencedRun open(String id, @Nullable String rerunOf) {
        runs.add(
                new Run(
                        id,
                        "migrate",
                        RunService.jobKey(job.file(), job.inventory()),
                        job.file(),
                        job.text(),
                        Map.of(),
                        job.settings(),
                        job.hash(),
                        job.inventory(),
                        checked().sha256(),
                        rerunOf,
                        RunState.RUNNING,
                        clock.instant(),
                        null,
                        null,
                        directory.resolve("reports")),
                TestLedger.OPERATOR,
                1);
        return new FencedRun(id, 1);
    }

    /** Listener without output. */
    private static final class Silent implements RunListener {

        @Override
        public void runStarted(Run run, boolean resumed) {}

        @Override
        public void stageStarted(String name) {}

        @Override
        public void progress(StageCounts counts, ApiStats api) {}

        @Override
        public void rowMessage(LedgerRow row, String text) {}
    }
}
