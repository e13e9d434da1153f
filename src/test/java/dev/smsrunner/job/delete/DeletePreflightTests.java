package dev.smsrunner.job.delete;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.ledger.SourceHistory;
import dev.smsrunner.preflight.PreflightResult;
import dev.smsrunner.support.Failures;
import dev.smsrunner.support.FakeSms;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rows the preflight of the job delete accepts. */
class DeletePreflightTests {

    private final FakeSms sms = new FakeSms();
    private SourceHistory history = SourceHistory.NONE;

    @BeforeEach
    void twoSources() {
        sms.server("A").name = "erp-a";
        sms.server("B").name = "erp-b";
    }

    @ParameterizedTest
    @CsvSource({
        "false, '', Nothing to do: a run deleted the task old.",
        "true, 'The source A has another task, task-1. Delete that task first, or set delete.sources to false.', ''",
    })
    void aRowThatNamesADeletedTaskNeverDeletesTheNextTask(boolean sources, String rejection, String nothing) {
        sms.task("A").state = "MIGRATE_SUCCESS";
        history = new SourceHistory(Map.of("A", Set.of("old", "task-1")), Map.of("old", "A"), Set.of());

        var result = examine(sources, row("", "old", "erp-a"));

        assertThat(result.rejection().orElse("")).isEqualTo(rejection);
        assertThat(result.nothingToDo().orElse("")).isEqualTo(nothing);
        assertThat(result.plannedChange()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A"})
    void aSourceWhoseTaskARunDeletedIsAccepted(String source) {
        history = new SourceHistory(Map.of("A", Set.of("old")), Map.of("old", "A"), Set.of());

        var result = examine(true, row(source, "old", ""));

        assertThat(result.findings()).isEmpty();
        assertThat(result.plannedChange()).isEqualTo("delete the source A");
    }

    /** A source that was deleted comes back under its id when its agent restarts. */
    @ParameterizedTest
    @CsvSource({
        "waiting, checking, false, false, false",
        "waiting, checking, true, false, true",
        "waiting, checking, true, true, false",
        "finished, cutovered, false, false, true",
        "finished, cutovered, true, true, true",
        "waiting, cutovered, false, false, true",
    })
    void aSourceWithoutTaskIsAcceptedWhileItIsStillMigrated(
            String state, String cycle, boolean taskDeleted, boolean sourceDeleted, boolean accepted) {
        sms.server("A").state = state;
        sms.server("A").cycle = cycle;
        history = new SourceHistory(
                Map.of("A", Set.of("old")),
                taskDeleted ? Map.of("old", "A") : Map.of(),
                sourceDeleted ? Set.of("A") : Set.of());

        assertThat(examine(true, row("A", "", "")).rejection().isEmpty()).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({"C, ''", "'', old", "C, old"})
    void aSourceThatARunDeletedNeedsNoWork(String source, String task) {
        history = new SourceHistory(Map.of("C", Set.of("old")), Map.of("old", "C"), Set.of("C"));

        var result = examine(true, row(source, task, ""));

        assertThat(result.nothingToDo()).contains("Nothing to do: a run deleted the source C.");
        assertThat(result.rejection()).isEmpty();
    }

    @Test
    void aSourceThatCameBackIsNotTakenForDeleted() {
        history = new SourceHistory(Map.of(), Map.of(), Set.of("A"));
        var preflight = new DeletePreflight(sms, history, true);
        preflight.reserve("A", 7);

        var result = preflight.examine(row("A", "", ""));

        assertThat(result.nothingToDo()).isEmpty();
        assertThat(result.rejection()).contains("Source A is already used by row 7. Keep one of the rows.");
    }

    @Test
    void anExistingTaskIsNotSkippedWithADeletedSource() {
        var task = sms.task("A");
        history = new SourceHistory(Map.of(), Map.of(), Set.of("C"));

        var result = examine(true, row("C", task.id, ""));

        assertThat(result.nothingToDo()).isEmpty();
        assertThat(result.rejection()).isPresent();
    }

    @Test
    void aMissingSourceThatNoRunDeletedIsRejected() {
        history = new SourceHistory(Map.of("C", Set.of("old")), Map.of("old", "C"), Set.of());

        assertThat(examine(true, row("C", "", "")).rejection()).isPresent();
        assertThat(examine(true, row("", "old", "")).rejection()).isPresent();
    }

    @Test
    void aSourceThatStillShowsTheDeletedTaskIsRejected() {
        var stale = sms.task("A");
        stale.listed = false;
        history = new SourceHistory(Map.of("A", Set.of(stale.id)), Map.of(stale.id, "A"), Set.of());

        assertThat(examine(true, row("", stale.id, "")).rejection())
                .contains("SMS still shows the task task-1 at the source A, but a run deleted it. Rerun later.");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDeletedTaskOfAnotherSourceIsRejected(boolean sources) {
        history = new SourceHistory(Map.of("A", Set.of("old"), "B", Set.of("task-9")), Map.of("old", "A"), Set.of());

        var result = examine(sources, row("B", "old", "erp-b"));

        assertThat(result.rejection())
                .contains("A run deleted the task old of the source A, not of B. Correct the row.");
        assertThat(result.sourceId()).isEqualTo("B");
        assertThat(result.plannedChange()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void aSourceWithAnotherListedTaskIsKept(boolean sources, boolean showsTask) {
        var own = sms.task("A");
        var other = sms.task("A");
        other.ofSource = false;
        sms.server("A").showsTask = showsTask;

        var rejection = examine(sources, row("", own.id, "erp-a")).rejection().orElse("");

        assertThat(rejection)
                .isEqualTo(
                        sources
                                ? "The source A has another task, task-2. Delete that task first, or set delete.sources to"
                                        + " false."
                                : "");
    }

    @Test
    void aTaskThatVanishedAfterTheListEndsOnlyItsRow() {
        var gone = taskOfRefusedQuery("SMS.7703");
        assertThat(examine(false, row("", gone, "erp-a")).nothingToDo())
                .contains("Nothing to do: the task task-1 no longer exists (SMS.7703).");
        sms.refuse("ShowTask", Failures.refused("ShowTask", "SMS.7703"));
        assertThat(examine(true, row("", gone, "erp-a")).rejection())
                .contains("The task task-1 no longer exists (SMS.7703). Rerun to delete its source.");
    }

    @Test
    void aTaskThatCannotBeReadRejectsOnlyItsRow() {
        var task = taskOfRefusedQuery("SMS.0205");

        assertThat(examine(false, row("", task, "erp-a")).rejection().orElseThrow())
                .startsWith("Cannot read the task task-1: ")
                .contains("SMS.0205")
                .endsWith(" Rerun later.");
    }

    @Test
    void deniedCredentialsEndTheRun() {
        var task = sms.task("A");
        sms.server("A").showsTask = false;
        sms.refuse("ShowTask", Failures.denied("ShowTask"));

        assertThatThrownBy(() -> examine(false, row("", task.id, "erp-a"))).isInstanceOf(ApiException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "erp-a, ., 'confirm is ''.'', but the source A is named ''erp-a''. '",
        "., ., 'confirm is ''.'', but the source A has no name. Its deletion cannot be confirmed. '",
        ", ., 'confirm is ''.'', but the source A has no name. Its deletion cannot be confirmed. '",
        ", null, 'confirm is ''null'', but the source A has no name. Its deletion cannot be confirmed. '",
        ", , The source has no name to confirm. Delete it in the console.",
        "erp-a, , 'To delete it anyway, set task_id to task-1 and confirm to ''erp-a''.'",
    })
    void aDeletionIsConfirmedByANameOnly(String name, String confirm, String text) {
        var task = sms.task("A");
        sms.server("A").name = name;

        assertThat(examine(false, row("", task.id, confirm == null ? "" : confirm))
                        .rejection()
                        .orElseThrow())
                .contains(text, "No run in this database migrated the source A with the task task-1.");
    }

    private String taskOfRefusedQuery(String code) {
        var task = sms.task("A");
        sms.server("A").showsTask = false;
        sms.refuse("ShowTask", Failures.refused("ShowTask", code));
        return task.id;
    }

    private PreflightResult examine(boolean sources, InventoryRow row) {
        return new DeletePreflight(sms, history, sources).examine(row);
    }

    private static InventoryRow row(String source, String task, String confirm) {
        return InventoryRow.restore(
                1, 2, Map.of("source_server_id", source, "task_id", task, "confirm", confirm), Map.of());
    }
}
