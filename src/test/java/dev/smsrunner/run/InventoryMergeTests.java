package dev.smsrunner.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.InventoryEdit;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RowCall;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.ledger.StoredInventoryLine;
import dev.smsrunner.run.lease.RefusedException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.support.IteratorItemReader;

/** Allowed inventory changes of an unfinished run. */
class InventoryMergeTests {

    private static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");

    private final List<StoredInventoryLine> before = new ArrayList<>();
    private final List<LedgerRow> ledger = new ArrayList<>();
    private final List<InventoryRow> current = new ArrayList<>();
    private final Map<String, String> settings = new HashMap<>(Map.of("job", "migrate"));

    @Test
    void newServerIsAppended() {
        known("a", Stage.SYNCING);
        current("new", Map.of());
        current("a", Map.of());

        var edit = accept();

        assertThat(edit.added()).singleElement().satisfies(row -> {
            assertThat(row.serverName()).isEqualTo("new");
            assertThat(row.row()).isEqualTo(2);
            assertThat(row.stage()).isEqualTo(Stage.PLANNED);
        });
        assertThat(edit.addedLines()).extracting(StoredInventoryLine::row).containsExactly(2);
        assertThat(edit.entries()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PLANNED", "TASK_READY", "REPLICATING", "LAUNCHING"})
    void removedServerIsDroppedWithoutTouchingItsTask(Stage stage) {
        known("a", stage);

        var dropped = accept().entries().get(0).row();

        assertThat(dropped.outcome()).isEqualTo(Outcome.SKIPPED);
        assertThat(dropped.reason()).startsWith("dropped from the inventory");
        assertThat(dropped.reason().contains("task-1 was left as it is")).isEqualTo(stage != Stage.PLANNED);
    }

    @Test
    void droppedRowKeepsSourceIdOfItsCell() {
        known("a", Stage.PLANNED);
        var line = before.remove(0);
        var cells = cells("a");
        cells.put("source_server_id", "s-77");
        before.add(new StoredInventoryLine(line.row(), line.line(), cells));

        assertThat(accept().entries().get(0).row().sourceId()).isEqualTo("s-77");
    }

    @Test
    void removedServerThatEndedStays() {
        known("a", Stage.CLOSED);

        assertThat(accept().entries()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"PLANNED", "TASK_READY"})
    void changedServerThatWasNotStartedIsReplanned(Stage stage) {
        known("a", stage);
        current("a", Map.of("priority", "2"));

        var edit = accept();

        assertThat(edit.replanned()).singleElement().satisfies(row -> {
            assertThat(row.row()).isEqualTo(1);
            assertThat(row.priority()).isEqualTo(2);
        });
        assertThat(edit.changedLines())
                .singleElement()
                .satisfies(line -> assertThat(line.cells()).containsEntry("priority", "2"));
        assertThat(edit.entries().get(0).events().get(0).detail()).contains("priority", "'2'");
    }

    @ParameterizedTest
    @CsvSource({"STARTED", "SYNCING", "CLOSED"})
    void changeOfStartedOrEndedServerIsRefused(Stage stage) {
        known("a", stage);
        known("b", Stage.PLANNED);
        current("a", Map.of("vm_template_id", "other"));
        current("b", Map.of("priority", "2"));

        var refusal = catchThrowableOfType(RefusedException.class, this::accept);

        assertThat(refusal).hasMessageContaining("1 server that");
        assertThat(refusal.details()).singleElement().asString().contains("a (row 1", "vm_template_id");
    }

    @ParameterizedTest
    @CsvSource({"STARTED", "REPLICATING", "SYNCING", "CLOSED"})
    void orderChangeBeforeLaunchIsAccepted(Stage stage) {
        known("db", Stage.REPLICATING);
        known("a", stage);
        current("db", Map.of());
        current("a", Map.of("depends_on", "db@synced", "priority", "2", "wave_name", "w2", "change_ticket", "CHG-2"));

        var edit = accept();

        var was = ledger.get(1);
        assertThat(edit.replanned()).singleElement().satisfies(row -> {
            assertThat(row.dependsOn()).containsExactly("db@synced");
            assertThat(row.priority()).isEqualTo(2);
            assertThat(row.wave()).isEqualTo("w2");
            assertThat(row.stage()).isEqualTo(stage);
            assertThat(row.taskId()).isEqualTo(was.taskId());
            assertThat(row.attempts()).isEqualTo(was.attempts());
        });
        assertThat(edit.changedLines())
                .singleElement()
                .satisfies(line -> assertThat(line.cells()).containsEntry("depends_on", "db@synced"));
        assertThat(edit.entries().get(0).events().get(0).detail()).contains("depends_on='' -> 'db@synced'");
    }

    @Test
    void orderChangeAfterLaunchIsRefused() {
        known("a", Stage.LAUNCHING);
        known("b", Stage.SYNCING);
        ledger.set(1, ledger.get(1).withCall(new RowCall(Operation.LAUNCH, CallState.UNKNOWN, 1, NOW)));
        current("a", Map.of("depends_on", "b"));
        current("b", Map.of("wave_name", "w2"));

        assertThat(catchThrowableOfType(RefusedException.class, this::accept).details())
                .hasSize(2)
                .allMatch(text -> text.contains("was launched, so its order cannot change any more"));
    }

    @Test
    void orderChangeWithOtherChangeIsRefused() {
        known("a", Stage.SYNCING);
        current("a", Map.of("wave_name", "w2", "vm_template_id", "other"));

        assertThat(catchThrowableOfType(RefusedException.class, this::accept).details())
                .singleElement()
                .asString()
                .contains("a (row 1", "SYNCING", "vm_template_id");
    }

    @Test
    void orderChangeWithAutomaticLaunchIsRefusedAfterStart() {
        known("a", Stage.REPLICATING);
        current("a", Map.of("wave_name", "w2"));
        settings.put("cutover.when", "auto");

        assertThat(catchThrowableOfType(RefusedException.class, this::accept).details())
                .singleElement()
                .asString()
                .contains("SMS launches it automatically");
    }

    @Test
    void changeWithUnresolvedCallIsRefused() {
        known("a", Stage.PLANNED);
        ledger.set(0, ledger.get(0).withCall(new RowCall(Operation.CREATE, CallState.UNKNOWN, 1, NOW)));
        current("a", Map.of("priority", "2"));

        assertThat(catchThrowableOfType(RefusedException.class, this::accept)).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "UNKNOWN"})
    void removalWithUnresolvedCallIsRefused(CallState known) {
        known("a", Stage.PLANNED);
        ledger.set(0, ledger.get(0).withCall(new RowCall(Operation.CREATE, known, 1, NOW)));

        var refusal = catchThrowableOfType(RefusedException.class, this::accept);

        assertThat(refusal.details()).singleElement().asString().contains("a (row 1)", "no answer yet", "resume");
    }

    @Test
    void reportOnlyColumnsMayChangeAtAnyTime() {
        known("a", Stage.SYNCING);
        current("a", Map.of("change_ticket", "CHG-2", "rack", "7"));

        var edit = accept();

        assertThat(edit.replanned()).isEmpty();
        assertThat(edit.changedLines()).hasSize(1);
        assertThat(edit.entries().get(0).row().stage()).isEqualTo(Stage.SYNCING);
    }

    @Test
    void emptyCellsAndColumnOrderAreIgnored() {
        known("a", Stage.SYNCING);
        var cells = new LinkedHashMap<String, String>();
        cells.put("change_ticket", "");
        cells.put("vm_template_id", "t");
        cells.put("server_name", "a");
        current.add(InventoryRow.restore(1, 2, cells, Map.of()));

        assertThat(diff().texts()).isEmpty();
    }

    @Test
    void differentRowOrderIsReported() {
        known("a", Stage.SYNCING);
        known("b", Stage.SYNCING);
        current("b", Map.of());
        current("a", Map.of());

        assertThat(diff().texts()).containsExactly("the rows are in a different order");
        assertThat(accept().entries()).isEmpty();
    }

    @Test
    void serversWithSameNameAreMatchedByAddress() {
        known("db", "10.0.0.1", Stage.SYNCING);
        known("db", "10.9.0.1", Stage.SYNCING);
        current("new", Map.of());
        current("db", Map.of("source_ip", "10.0.0.1"));
        current("db", Map.of("source_ip", "10.9.0.1"));

        assertThat(diff().texts()).containsExactly("new is new (row 1, line 2)");
        assertThat(accept().added()).hasSize(1);
        assertThat(accept().entries()).isEmpty();
    }

    @Test
    void removedServerWithSharedNameIsMatchedByAddress() {
        known("db", "10.0.0.1", Stage.SYNCING);
        known("db", "10.9.0.1", Stage.SYNCING);
        current("db", Map.of("source_ip", "10.9.0.1"));

        assertThat(accept().entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.row().row()).isEqualTo(1));
    }

    @Test
    void additionalServerWithSameNameIsNew() {
        known("db", "10.0.0.1", Stage.SYNCING);
        current("db", Map.of("source_ip", "10.9.0.1"));
        current("db", Map.of("source_ip", "10.0.0.1"));

        assertThat(accept().added()).hasSize(1);
        assertThat(accept().changedLines()).isEmpty();
    }

    @Test
    void changedAddressOfSingleServerIsAChange() {
        known("db", "10.0.0.1", Stage.PLANNED);
        current("db", Map.of("source_ip", "10.0.0.2"));

        assertThat(accept().replanned()).hasSize(1);
    }

    @Test
    void differentSpellingIsSameServer() {
        known("zu\u0308rich-db", Stage.PLANNED);
        current("Z\u00fcrich-DB.", Map.of());

        assertThat(accept().added()).isEmpty();
        assertThat(accept().replanned()).hasSize(1);
    }

    private InventoryEdit accept() {
        return InventoryMerge.of(diff(), run(), ledger, "hash", NOW);
    }

    private Run run() {
        return new Run(
                "run-1",
                "migrate",
                "key",
                Path.of("job.yaml"),
                "",
                Map.of(),
                settings,
                "hash",
                Path.of("rows.csv"),
                "hash",
                null,
                RunState.RUNNING,
                NOW,
                null,
                null,
                Path.of("reports"));
    }

    private InventoryDiff diff() {
        return InventoryDiff.between(before, new Reader(current));
    }

    private void known(String server, String address, Stage stage) {
        known(server, stage);
        var line = before.remove(before.size() - 1);
        var cells = cells(server);
        cells.put("source_ip", address);
        before.add(new StoredInventoryLine(line.row(), line.line(), cells));
    }

    private void known(String server, Stage stage) {
        int number = ledger.size() + 1;
        before.add(new StoredInventoryLine(number, number + 1, cells(server)));
        var row = LedgerRow.planned("run-1", number, number + 1, server, "", 1, List.of(), NOW);
        if (stage == Stage.CLOSED) {
            row = row.end(Outcome.FAILED, "broken", NOW);
        } else if (stage != Stage.PLANNED) {
            row = row.withTask("task-" + number, NOW).withStage(stage, NOW);
        }
        ledger.add(stage.isUnderWay() ? row.withAttempt() : row);
    }

    private void current(String server, Map<String, String> changed) {
        int number = current.size() + 1;
        var cells = cells(server);
        cells.putAll(changed);
        current.add(InventoryRow.restore(number, number + 1, cells, Map.of()));
    }

    private static Map<String, String> cells(String server) {
        var cells = new LinkedHashMap<String, String>();
        cells.put("server_name", server);
        cells.put("vm_template_id", "t");
        return cells;
    }

    private static final class Reader extends IteratorItemReader<InventoryRow>
            implements ItemStreamReader<InventoryRow> {

        Reader(List<InventoryRow> rows) {
            super(rows);
        }
    }
}
