package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.cli.Shell;
import dev.smsrunner.database.Database;
import dev.smsrunner.database.DatabaseRetry;
import dev.smsrunner.job.BulkJobs;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.report.Reports;
import dev.smsrunner.verify.JobCalls;
import dev.smsrunner.verify.Verification;
import dev.smsrunner.verify.VerificationResult;
import dev.smsrunner.verify.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Tampering in the ledger of a finished run is detected. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TamperStories {

    /** Tables of a run, referenced tables last. */
    private static final List<String> TABLES = List.of(
            "control", "api_sample", "intent", "source_layout", "inventory_row", "event", "migration", "run", "lease");

    static final String AUDIT = "audit.jsonl";

    private Path directory;
    private StoryDatabase home;
    private Database database;
    private JdbcTemplate sql;
    private Run run;

    /** The database of the run. */
    abstract StoryDatabase home();

    @BeforeAll
    void runOnce(@TempDir Path temporary) throws IOException {
        directory = temporary;
        home = home();
        Files.writeString(
                directory.resolve("inventory.csv"), InventoryRows.of(4).text());
        Files.writeString(
                directory.resolve("faults.yaml"),
                "servers:\n- {name: erp-app-02, fail-times: 1, fail-code: SMS.0203}\n- {name: erp-app-03, disconnected: true}\n");
        Files.writeString(
                directory.resolve("night.yaml"),
                JobFileBuilder.of(
                        "simulator",
                        Map.of(
                                "simulator.servers", "4",
                                "simulator.speed", "6000",
                                "simulator.faults", "faults.yaml",
                                "cutover.when", "synced")));
        assertThat(command("run", directory.resolve("night.yaml").toString()).exit())
                .isEqualTo(1);
        database = home.url() == null
                ? Database.open(data(), null, Map.of())
                : Database.open(directory, home.url(), home.environment());
        sql = new JdbcTemplate(database.source());
        TABLES.forEach(table -> sql.execute("create table kept_" + table + " as select * from " + table));
        run = new Runs(database.source(), Clock.systemUTC()).findAll().get(0);
    }

    @AfterEach
    void restore() throws IOException {
        TABLES.forEach(table -> sql.execute("delete from " + table));
        for (int at = TABLES.size() - 1; at >= 0; at--) {
            sql.execute("insert into %s select * from kept_%s".formatted(TABLES.get(at), TABLES.get(at)));
        }
        new Reports(ledger(), Clock.systemUTC()).write(run);
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void untouchedRunHasNoViolation() {
        var output = command("verify", "last");

        assertThat(output.out()).contains("no violation", "I1 ", "I20", "Chain of events ends with");
        assertThat(output.exit()).isZero();
        assertThat(output.out().contains("password of the embedded database"))
                .as("the generated password is searched for as well")
                .isEqualTo(home.url() == null);
        assertThat(verify().checked())
                .extracting(VerificationResult.Remark::invariant)
                .contains(
                        "I1", "I2", "I3", "I4", "I6", "I8", "I10", "I11", "I12", "I14", "I16", "I17", "I19", "I20",
                        "I21");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            I20 | 1 | delete from intent where row_no = 1; delete from source_layout where row_no = 1; delete from migration where row_no = 1
            I16 | 2 | delete from inventory_row where row_no = 2
            I2  | 2 | delete from inventory_row where row_no = 2
            I16 | 1 | update inventory_row set cells = replace(cells, 'erp-app-01', 'erp-app-09') where row_no = 1
            I16 | 1 | update migration set server_name = 'other' where row_no = 1
            I16 | 1 | update migration set depends_on = '["x"]' where row_no = 1
            I20 | 1 | update migration set outcome = 'FAILED' where row_no = 1
            I20 | 3 | update migration set outcome = 'MIGRATED' where row_no = 3
            I20 | 1 | update migration set task_id = 'another' where row_no = 1
            I20 | 2 | update migration set attempts = 1 where row_no = 2
            I20 | 1 | update migration set finished_at = finished_at - interval '1' hour where row_no = 1
            I20 | - | update event set detail = 'nothing happened' where event_no = 4
            I20 | - | update event set happened_at = happened_at - interval '1' second where event_no = 6
            I20 | - | update event set token = 7 where event_no = 5
            I20 | - | update event set change = replace(change, '"MIGRATED"', '"FAILED"'); update migration set outcome = 'FAILED' where outcome = 'MIGRATED'
            I20 | - | delete from event where event_no = 7
            I20 | - | delete from event where event_no = 1
            I20 | - | delete from event where event_no between 5 and 9
            I20 | - | delete from event where event_no > (select last_event - 2 from run)
            I20 | - | delete from event where event_no > (select last_event - 2 from run); update run set last_event = last_event - 2
            I20 | - | insert into event (run_id, event_no, happened_at, token, kind) select run_id, last_event + 1, created_at, token, 'RUN' from run
            I20 | - | update event set chain = null where event_no = 4
            I20 | - | update run set chain = null
            I20 | - | update event set chain = null; update run set chain = null
            I20 | - | update event set chain = null, change = null; update run set chain = null
            I8  | 1 | update intent set state = 'REFUSED' where row_no = 1 and operation = 'START'
            I8  | 1 | update intent set target = 'another' where row_no = 1 and operation = 'CREATE'
            I8  | 1 | delete from intent where row_no = 1 and operation = 'LAUNCH'
            I8  | 1 | insert into intent (run_id, row_no, operation, attempt, token, state, target, intended_at) select run_id, 1, 'START', 9, token, 'DONE', 'x', created_at from run
            I1  | 1 | insert into intent (run_id, row_no, operation, attempt, token, state, target, intended_at) select run_id, 1, 'CREATE', 9, token, 'DONE', 'x', created_at from run
            I16 | - | update run set settings = replace(settings, '"watch.every":"100ms"', '"watch.every":"10ms"')
            I16 | - | update run set inventory_hash = '0000'
            I16 | - | update run set job_text = ''
            I20 | - | update run set state = 'STOPPED'
            I20 | - | update run set strict = true
            I20 | - | update run set paused_at = created_at
            I20 | - | update run set stop_requested_at = created_at
            I6  | - | update lease set token = 0
            I9  | - | delete from event where event_no = (select last_event from run); update run set last_event = last_event - 1, chain = (select chain from event where event_no = (select last_event - 1 from run))
            """)
    void tamperingInTheLedgerIsFound(String invariant, String row, String statements) {
        int changed = 0;
        for (var statement : statements.split("; ")) {
            changed += sql.update(statement);
        }
        assertThat(changed).as("changed rows").isPositive();

        var found = verify().violations();

        assertThat(found).anySatisfy(violation -> {
            assertThat(violation.invariant()).isEqualTo(invariant);
            if (!row.equals("-")) {
                assertThat(violation.row()).isEqualTo(Integer.valueOf(row));
            }
        });
        assertThat(found).allSatisfy(violation -> {
            assertThat(violation.evidence()).isNotBlank();
            assertThat(violation.action()).isNotBlank();
        });
    }

    @Test
    void slowChecksRunOutsideTheTransaction() throws IOException {
        var within = new ArrayList<Boolean>();
        var source = new DelegatingDataSource(database.source()) {
            @Override
            public Connection getConnection() throws SQLException {
                within.add(TransactionSynchronizationManager.isActualTransactionActive());
                return super.getConnection();
            }
        };
        var ledger = new Ledger(source, Clock.systemUTC(), DatabaseRetry.upTo(Duration.ZERO));

        new Verification(database.source(), ledger, new JobCalls(BulkJobs.calls()), Clock.systemUTC())
                .of(run, false, null, null);

        assertThat(within)
                .as("reads for the reports, within a transaction")
                .isNotEmpty()
                .containsOnly(false);
    }

    @Test
    void runOfAVersionWithoutEventChainIsRemarked() {
        sql.update("update event set chain = null, change = null");
        sql.update("update event set after_text = 'STARTED' where after_text = 'ADDED'");
        sql.update("update run set chain = null");

        assertThat(verify().violations())
                .as("run of a version with an event chain")
                .extracting(Violation::invariant)
                .contains("I20");
        sql.update("update run set created_at = created_at - interval '1' day");
        var verified = verify();

        assertThat(verified.violations()).extracting(Violation::invariant).doesNotContain("I20");
        assertThat(verified.notChecked())
                .contains(new VerificationResult.Remark(
                        "I20", "the run started with a version that did not record the changes of events"));
    }

    VerificationResult verify() {
        return verify(world().resolve(AUDIT));
    }

    Path directory() {
        return directory;
    }

    Run run() {
        return run;
    }

    JdbcTemplate sql() {
        return sql;
    }

    private Ledger ledger() {
        return new Ledger(database.source(), Clock.systemUTC(), DatabaseRetry.upTo(Duration.ZERO));
    }

    VerificationResult verify(Path audit) {
        try {
            var current = new Runs(database.source(), Clock.systemUTC())
                    .find(run.runId())
                    .orElseThrow();
            return new Verification(database.source(), ledger(), new JobCalls(BulkJobs.calls()), Clock.systemUTC())
                    .of(current, false, audit, null);
        } catch (IOException ex) {
            throw new java.io.UncheckedIOException(ex);
        }
    }

    private Path data() {
        return directory.resolve("data");
    }

    Path world() {
        return data().resolve("simulator").resolve(run.runId());
    }

    Shell.Result command(String... arguments) {
        return command(Map.of(), arguments);
    }

    Shell.Result command(Map<String, String> more, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data().toString()));
        if (home.url() != null) {
            all.addAll(List.of("--db", home.url()));
        }
        var environment = new HashMap<>(home.environment());
        environment.putAll(more);
        return Shell.execute(environment, all.toArray(String[]::new));
    }
}
