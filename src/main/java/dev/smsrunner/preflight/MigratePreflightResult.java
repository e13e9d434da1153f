package dev.smsrunner.preflight;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.SourceServer;
import dev.smsrunner.sms.TargetLayout;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Preflight result of a migration row.
 *
 * @param source source server of the row, null when there is not exactly one
 * @param unlistedSourceId source id in the row that SMS does not list; other rows may depend on it. Null when there is a source,
 *     or when the row has no source id
 * @param existingTask existing task of the source, null when it has none
 * @param layout disks, volume groups and file systems for the target, null when there is no source
 */
public record MigratePreflightResult(
        InventoryRow row,
        @Nullable SourceServer source,
        @Nullable String unlistedSourceId,
        @Nullable MigrationTask existingTask,
        @Nullable TargetLayout layout,
        List<Finding> findings)
        implements PreflightResult {

    @Override
    public LedgerRow match(LedgerRow ledgerRow, Instant now) {
        if (source == null) {
            return unlistedSourceId == null ? ledgerRow : ledgerRow.withSource(unlistedSourceId, null);
        }
        return ledgerRow
                .withSource(Objects.requireNonNull(source.id()), taskId())
                .withObserved(MatchedRow.observedState(source, now));
    }

    /** Id of the task that either list shows, null if none does. The list of sources may lag behind the list of tasks. */
    public @Nullable String taskId() {
        var current = source == null ? null : source.currentTaskId();
        if (current != null) {
            return current;
        }
        return existingTask == null ? null : existingTask.id();
    }

    @Override
    public @Nullable String facts() {
        return layout == null || source == null
                ? null
                : SourceFacts.of(row, source, layout).toJson();
    }
}
