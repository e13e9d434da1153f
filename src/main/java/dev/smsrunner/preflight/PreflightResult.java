package dev.smsrunner.preflight;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.sms.SourceServer;
import dev.smsrunner.target.ActualTargetReader;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Preflight result of one row, of any job.
 *
 * @param source source server of the row; null when there is not exactly one, or when the job needs none
 * @param unlistedSourceId source id in the row that SMS does not list; other rows may depend on it. Null when there is a source,
 *     or when the row has no source id
 * @param taskId task of the row, null when it has none
 * @param states states of a task without a source; null when there is a source or no task
 * @param findings all findings; not necessarily fatal
 * @param plannedChange planned change, for a plan; empty when the row is rejected
 * @param facts facts for later stages, as JSON; null when there are none
 */
@RecordBuilder
public record PreflightResult(
        InventoryRow row,
        @Nullable SourceServer source,
        @Nullable String unlistedSourceId,
        @Nullable String taskId,
        @Nullable ObservedState states,
        List<Finding> findings,
        String plannedChange,
        @Nullable String facts) {

    /** Result of a row with its source server. */
    public static PreflightResult ofSource(
            InventoryRow row,
            SourceServer source,
            @Nullable String taskId,
            List<Finding> findings,
            String plannedChange,
            @Nullable String facts) {
        return new PreflightResult(row, source, null, taskId, null, findings, plannedChange, facts);
    }

    /** Result of a row with a task that belongs to no source server. */
    public static PreflightResult ofTask(
            InventoryRow row, String taskId, ObservedState states, List<Finding> findings, String plannedChange) {
        return new PreflightResult(row, null, null, taskId, states, findings, plannedChange, null);
    }

    /** Result of a row that has neither a source nor a task, for the reason in the finding. */
    public static PreflightResult ofUnmatched(InventoryRow row, Finding finding) {
        return new PreflightResult(row, null, null, null, null, List.of(finding), "", null);
    }

    /** The same result for a row whose source id SMS does not list. */
    public PreflightResult withUnlistedSource(@Nullable String id) {
        return PreflightResultBuilder.builder(this).unlistedSourceId(id).build();
    }

    /** Id of the source server; null when there is not exactly one, or when the job needs none. */
    public @Nullable String sourceId() {
        return source == null ? null : source.id();
    }

    /** Ledger row with the source, the task and the states that preflight found. */
    public LedgerRow match(LedgerRow ledgerRow, Instant now) {
        if (source != null) {
            return ledgerRow
                    .withSource(Objects.requireNonNull(source.id()), taskId)
                    .withObserved(statesOf(source, now));
        }
        if (taskId != null && states != null) {
            return ledgerRow.withTaskOnly(taskId).withObserved(states);
        }
        return unlistedSourceId == null ? ledgerRow : ledgerRow.withSource(unlistedSourceId, null);
    }

    /** States as the list of sources shows them. */
    private static ObservedState statesOf(SourceServer source, Instant now) {
        var task = source.currentTask();
        return new ObservedState(
                task == null ? null : task.state(),
                source.state(),
                source.migrationCycle(),
                source.connected(),
                null,
                now,
                ActualTargetReader.read(task));
    }

    /** Reason for a rejection; empty when the row is not rejected. */
    public Optional<String> rejection() {
        return texts(Finding.Severity.ERROR);
    }

    /** Reason why the row needs no work; empty when it needs work. */
    public Optional<String> nothingToDo() {
        return texts(Finding.Severity.NOTHING_TO_DO);
    }

    /** Texts of the warnings. */
    public List<String> warnings() {
        return findings.stream()
                .filter(finding -> finding.severity() == Finding.Severity.WARNING)
                .map(Finding::text)
                .toList();
    }

    private Optional<String> texts(Finding.Severity severity) {
        var texts = findings.stream()
                .filter(finding -> finding.severity() == severity)
                .map(Finding::text)
                .toList();
        return texts.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", texts));
    }
}
