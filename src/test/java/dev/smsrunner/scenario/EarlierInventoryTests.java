package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.smsrunner.database.DatabaseRetry;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.job.BulkJobs;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.JobFiles;
import dev.smsrunner.jobfile.Overrides;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.ledger.StoredInventoryLine;
import dev.smsrunner.simulator.KnownServer;
import dev.smsrunner.support.Sha256;
import dev.smsrunner.support.TestDatabases;
import dev.smsrunner.support.TestLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Runs of an earlier version whose process died after it had recorded the inventory. That version copied a column unread, with any
 * value, that this version refuses or reads.
 */
class EarlierInventoryTests extends ScenarioTest {

    private static final int SERVERS = 3;
    private static final String RUN = "20261101-2200-0001";

    /** Scenario with the column in its inventory, and a run that has recorded all rows. */
    private Scenario recorded(String column, String cell) throws Exception {
        var scenario = scenario(SERVERS);
        KnownServer.first(SERVERS).forEach(server -> scenario.row(server.name(), column, cell));
        scenario.prepare();
        var job = JobFiles.read(scenario.jobFile(), Overrides.none(), scenario.environment(), BulkJobs.ALL);
        try (var database = TestDatabases.embedded(scenario.data())) {
            var clock = Clock.systemUTC();
            new Runs(database.source(), clock).add(run(scenario, job, clock), TestLedger.OPERATOR, 1);
            var rows = new ArrayList<LedgerRow>();
            var lines = new ArrayList<StoredInventoryLine>();
            for (var cells : cells(job)) {
                int number = rows.size() + 1;
                var row = InventoryRow.restore(number, number + 1, cells, Map.of());
                lines.add(new StoredInventoryLine(number, row.line(), cells));
                rows.add(LedgerRow.planned(
                        RUN,
                        number,
                        row.line(),
                        row.serverName(),
                        row.waveName(),
                        row.priority(),
                        row.dependsOn(),
                        clock.instant()));
            }
            new Ledger(database.source(), clock, DatabaseRetry.upTo(Duration.ZERO))
                    .append(new FencedRun(RUN, 1), rows, lines);
        }
        return scenario;
    }

    private static Run run(Scenario scenario, JobFile job, Clock clock) throws IOException {
        var jobFile = job.file().toAbsolutePath().normalize();
        var inventory = job.inventory().toAbsolutePath().normalize();
        return new Run(
                RUN,
                job.job().label(),
                Sha256.hex(jobFile + "\n" + inventory),
                jobFile,
                job.text(),
                Map.of(),
                job.settings(),
                job.hash(),
                inventory,
                Sha256.hex(Files.readAllBytes(inventory)),
                null,
                RunState.RUNNING,
                clock.instant(),
                null,
                null,
                scenario.reports().resolve(RUN));
    }

    /** Cells of each row under the names of the header, as written. */
    private static List<Map<String, String>> cells(JobFile job) throws IOException {
        var lines = Files.readAllLines(job.inventory());
        var names = lines.get(0).split(",", -1);
        return lines.stream()
                .skip(1)
                .map(line -> {
                    var values = line.split(",", -1);
                    var cells = new LinkedHashMap<String, String>();
                    Arrays.stream(names).forEach(name -> cells.put(name, values[cells.size()]));
                    return (Map<String, String>) cells;
                })
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "run, cutover_start, 22:00",
        "resume, cutover_start, 22:00",
        "run, wav_name, w9",
        "run, Wave (planned), w9",
        "run, on-hold, yes",
        "run, wave_name, 1.2E+11",
        "run, Platform, VMware",
        "resume, Platform, VMware",
        "run, Name, shop",
        "run, size_gb, 45 GB",
        "resume, size_gb, 45 GB",
        "run, ok_to_migrate, perhaps"
    })
    void unfinishedRunGoesOn(String command, String column, String cell) throws Exception {
        var scenario = recorded(column, cell);

        var result = command.equals("run") ? scenario.run() : scenario.resume(RUN);

        assertThat(result.exits(0).runId()).isEqualTo(RUN);
        assertThat(result.outcomes()).containsExactly(entry("MIGRATED", SERVERS));
        scenario.cloud().assertNoDuplicates();
    }

    @ParameterizedTest
    @CsvSource({"cutover_start, 22:00", "wav_name, w9", "size_gb, 45 GB", "Platform, VMware"})
    void newRunWithTheSameFileIsRefused(String column, String cell) throws Exception {
        var scenario = recorded(column, cell);

        scenario.run("--new").exits(2).prints(column, "Nothing was changed");

        assertThat(scenario.cloud().changes()).isEmpty();
        scenario.resume(RUN).exits(0);
    }
}
