package dev.smsrunner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.smsrunner.database.Database;
import dev.smsrunner.database.DatabaseRetry;
import dev.smsrunner.inventory.InventoryCheckResult;
import dev.smsrunner.inventory.InventoryFile;
import dev.smsrunner.job.BulkJobs;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.JobFiles;
import dev.smsrunner.jobfile.Overrides;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Intent;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.ledger.StageCounts;
import dev.smsrunner.ledger.StoredInventoryLine;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Commands on runs whose processes were killed; none reaches the cloud. */
class RunServiceTests {

    private static final String FIRST = "20261121-2200-000a";
    private static final String RERUN = "20261121-2300-000b";

    @TempDir
    private Path directory;

    private final Clock clock = Clock.systemUTC();
    private Database database;
    private Runs runs;
    private Ledger ledger;
    private JobFile job;
    private RunService service;

    @BeforeEach
    void open() throws Exception {
        database = Database.open(directory.resolve("data"), null, Map.of());
        runs = new Runs(database.source(), clock);
        ledger = new Ledger(database.source(), clock, DatabaseRetry.upTo(Duration.ZERO));
        Files.writeString(
                directory.resolve("inventory.csv"), InventoryRows.of(2).text());
        var file = Files.writeString(directory.resolve("job.yaml"), JobFileBuilder.of("https://127.0.0.1:1", Map.of()));
        job = JobFiles.read(file, Overrides.none(), Map.of(), BulkJobs.ALL);
        CloudAccess none = (run, gate) -> {
            throw new IllegalStateException("there is no cloud here");
        };
        service = new RunService(
                database, directory.resolve("data"), none, new Silent(), clock, new Random(7), TestLedger.OPERATOR);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void rerunWithUnresolvedCallIsRefused() {
        var first = openRun(FIRST, null);
        recordCall(first, 1, CallState.OPEN);

        var refused = catchThrowableOfType(RefusedException.class, () -> rerun(FIRST));

        assertThat(refused).hasMessageContaining("1 call of run " + FIRST).hasMessageContaining("'resume " + FIRST);
        assertThat(refused.details()).singleElement().asString().contains("server-1 (row 1");
        assertThat(runs.findAll()).extracting(Run::runId).containsExactly(FIRST);
        assertThat(ledger.findOpen(FIRST)).hasSize(2);
    }

    @Test
    void rerunTakesOverOpenRows() throws InterruptedException {
        recordCall(openRun(FIRST, null), 1, CallState.DONE);

        rerun(FIRST);

        assertThat(runs.find(FIRST).orElseThrow().state()).isEqualTo(RunState.FINISHED);
        assertThat(runs.findUnfinishedRerun(FIRST)).isPresent();
    }

    @Test
    void rerunStartsDespiteUnreadableReportsOfOriginal() throws InterruptedException {
        openRun(FIRST, null);
        new JdbcTemplate(database.source()).execute("drop table api_sample");

        rerun(FIRST);

        assertThat(runs.findUnfinishedRerun(FIRST))
                .map(Run::runId)
                .get()
                .satisfies(rerun -> assertThat(ledger.events(rerun)).anyMatch(event -> "BEGUN".equals(event.after())));
    }

    @Test
    void resumedRerunCompletesTransfer() throws InterruptedException {
        openRun(FIRST, null);
        runs.makeStrict(FIRST);
        runs.add(run(RERUN, FIRST), TestLedger.OPERATOR, 1);

        service.resume(runs.find(RERUN).orElseThrow(), job, Overrides.none(), null);

        assertThat(runs.isStrict(RERUN)).isTrue();
        assertThat(runs.find(FIRST).orElseThrow().state()).isEqualTo(RunState.FINISHED);
        assertThat(ledger.findAll(FIRST)).extracting(LedgerRow::reason).containsOnly("continued by run " + RERUN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"resume", "run", "rerun"})
    void runWithFinishedRerunIsEnded(String command) {
        openRun(FIRST, null);
        runs.end(openRun(RERUN, FIRST), RunState.FINISHED);

        var refused = catchThrowableOfType(RefusedException.class, () -> execute(command));

        assertThat(refused).hasMessageContaining("which has ended").hasMessageContaining("'rerun " + RERUN);
        assertThat(runs.find(FIRST).orElseThrow().state()).isEqualTo(RunState.FINISHED);
        assertThat(ledger.findAll(FIRST)).extracting(LedgerRow::reason).containsOnly("continued by run " + RERUN);
        assertThat(runs.findAll()).hasSize(2);
    }

    private void execute(String command) throws InterruptedException {
        var first = runs.find(FIRST).orElseThrow();
        switch (command) {
            case "resume" -> service.resume(first, job, Overrides.none(), null);
            case "rerun" -> rerun(FIRST);
            default -> service.run(job, Overrides.none(), checked(), RunOptions.NONE);
        }
    }

    private InventoryCheckResult checked() {
        return InventoryFile.check(job.inventory(), job.defaults(), job.job().rowRules(), job.launchOrder());
    }

    private void rerun(String of) throws InterruptedException {
        service.rerun(runs.find(of).orElseThrow(), job, Overrides.none());
    }

    /** A run with two open rows, whose process is gone. */
    private FencedRun openRun(String id, @Nullable String rerunOf) {
        runs.add(run(id, rerunOf), TestLedger.OPERATOR, 1);
        var owner = new FencedRun(id, 1);
        var rows = List.of(row(id, 1), row(id, 2));
        var lines = rows.stream()
                .map(row -> new StoredInventoryLine(row.row(), row.line(), Map.of("server_name", row.serverName())))
                .toList();
        ledger.append(owner, rows, lines);
        return owner;
    }

    private LedgerRow row(String id, int number) {
        return LedgerRow.planned(id, number, number + 1, "server-" + number, "wave-1", 1, List.of(), clock.instant());
    }

    /** Records a create call of the row in the given state. */
    private void recordCall(FencedRun owner, int row, CallState state) {
        var open = Intent.open(row, Operation.CREATE, 1, "source-" + row, clock.instant());
        var before = ledger.findAll(owner.runId()).get(row - 1);
        ledger.write(owner, List.of(LedgerWrite.ofCall(before, open)));
        if (state != CallState.OPEN) {
            var answered = open.withAnswer(state, clock.instant(), 200, null, null, null);
            ledger.write(owner, List.of(LedgerWrite.ofCall(before, answered)));
        }
    }

    private Run run(String id, @Nullable String rerunOf) {
        return new Run(
                id,
                "migrate",
                RunService.jobKey(job.file(), job.inventory()),
                job.file(),
                job.text(),
                Map.of(),
                job.settings(),
                job.hash(),
                job.inventory(),
                "",
                rerunOf,
                RunState.RUNNING,
                clock.instant(),
                null,
                null,
                directory.resolve("reports"));
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
