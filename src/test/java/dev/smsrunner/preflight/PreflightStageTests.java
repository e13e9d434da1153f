package dev.smsrunner.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.cutover.CutoverSnapshot;
import dev.smsrunner.database.Database;
import dev.smsrunner.inventory.DependencyRef;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.job.migrate.preflight.MigrateExaminer;
import dev.smsrunner.job.migrate.preflight.Rows;
import dev.smsrunner.job.migrate.preflight.SourceFacts;
import dev.smsrunner.ledger.ActiveControls;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.support.FakeSms;
import dev.smsrunner.support.TestDatabases;
import dev.smsrunner.support.TestLedger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results of preflight in the ledger. */
class PreflightStageTests {

    private static Database database;

    private final FakeSms sms = new FakeSms();
    private TestLedger ledger;

    @BeforeAll
    static void open(@TempDir Path data) {
        database = TestDatabases.embedded(data);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void servers() {
        ledger = new TestLedger(database);
        sms.template("template-1");
        sms.server("source-1").name = "one";
        sms.server("source-2").name = "two";
        sms.server("source-3").name = "three";
    }

    @Test
    void rowsAreMatchedRejectedOrSkipped() {
        sms.server("source-2").connected = false;
        sms.server("source-3").state = "finished";

        examine("one", "two", "three", "four");

        assertThat(ledger.row(1).stage()).isEqualTo(Stage.PLANNED);
        assertThat(ledger.row(1).sourceId()).isEqualTo("source-1");
        assertThat(ledger.row(1).taskId()).isNull();
        assertThat(ledger.row(1).observed().copyState()).isEqualTo("waiting");
        assertThat(SourceFacts.fromJson(ledger.ledger().findLayout(ledger.runId(), 1))
                        .layout())
                .isEqualTo(sms.server("source-1").proposed);
        assertThat(ledger.row(2).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(ledger.row(2).sourceId()).isEqualTo("source-2");
        assertThat(ledger.row(2).failure().text()).isEqualTo(ledger.row(2).reason());
        assertThat(ledger.row(3).outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(ledger.row(3).failure()).isNull();
        assertThat(ledger.row(4).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(ledger.row(4).sourceId()).isNull();
        assertThat(sms.changes()).isEmpty();
    }

    @Test
    void taskFromEitherListIsUsed() {
        sms.task("source-1");
        sms.task("source-2");
        sms.server("source-2").showsTask = false;

        examine("one", "two");

        assertThat(ledger.row(1).taskId()).isEqualTo("task-1");
        assertThat(ledger.row(2).taskId()).isEqualTo("task-2");
    }

    @Test
    void unlistedSourceIdStaysOnTheRow() {
        examineAll(
                stage(),
                ledger.plan(List.of(
                        Rows.cells("server_name", "one"),
                        Rows.cells("server_name", "gone", "source_server_id", "S-77"))));

        assertThat(ledger.row(2).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(ledger.row(2).sourceId()).isEqualTo("S-77");
        var run = new CutoverSnapshot(
                ledger.ledger().findAll(ledger.runId()),
                CutoverPlan.fromSettings(Map.of("job", "migrate")),
                ActiveControls.NONE);
        assertThat(run.resolve(DependencyRef.of("id:s-77"))).containsExactly(ledger.row(2));
    }

    @Test
    void accountIsReadOnceForAllRows() {
        var stage = stage();
        examineAll(stage, ledger.plan(List.of(Rows.cells("server_name", "one"))));
        examineAll(stage, ledger.plan(List.of(Rows.cells("server_name", "two"))));
        examineAll(stage, List.of());

        assertThat(sms.calls()).containsExactly("ListServers 0", "ListTasks null", "ListTemplates 0");
    }

    @Test
    void addedRowDoesNotGetSourceOfOpenRow() {
        examine("one");
        var later = ledger.plan(List.of(Rows.cells("server_name", "other", "source_server_id", "source-1")));

        examineAll(stage(), later);

        assertThat(ledger.row(1).isOpen()).isTrue();
        assertThat(ledger.row(2).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(ledger.row(2).reason()).contains("source-1 is already used by an earlier row");
    }

    private void examine(String... names) {
        var cells = java.util.Arrays.stream(names)
                .map(name -> Rows.cells("server_name", name))
                .toList();
        examineAll(stage(), ledger.plan(cells));
    }

    private void examineAll(PreflightStage stage, List<LedgerRow> rows) {
        var lines = ledger.ledger().inventory(ledger.runId(), 1, Integer.MAX_VALUE);
        var accepted = rows.stream()
                .flatMap(row -> stage
                        .examine(
                                row,
                                InventoryRow.restore(
                                        row.row(),
                                        row.line(),
                                        lines.get(row.row()).cells(),
                                        Map.of()))
                        .stream())
                .toList();
        stage.write(accepted);
    }

    private PreflightStage stage() {
        return new PreflightStage(
                ledger.ledger(),
                ledger.owner(),
                () -> MigrateExaminer.load(sms, Rows.NOTHING_WAITS, id -> false, each -> {}),
                ledger.clock());
    }
}
