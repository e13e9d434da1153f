package dev.smsrunner.preflight;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.sms.SourceServer;
import dev.smsrunner.target.ActualTargetReader;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Row of another job with its source server and task.
 *
 * @param source null when there is not exactly one
 * @param taskId null when the source has no task
 * @param plannedChange planned change, for a plan
 */
public record MatchedRow(
        InventoryRow row,
        @Nullable SourceServer source,
        @Nullable String taskId,
        List<Finding> findings,
        String plannedChange,
        @Nullable String facts)
        implements PlannedResult {

    @Override
    public LedgerRow match(LedgerRow ledgerRow, Instant now) {
        return source == null
                ? ledgerRow
                : ledgerRow
                        .withSource(Objects.requireNonNull(source.id()), taskId)
                        .withObserved(observedState(source, now));
    }

    @Override
    public @Nullable String sourceId() {
        return source == null ? null : source.id();
    }

    /** States as the list of sources shows them. */
    static ObservedState observedState(SourceServer source, Instant now) {
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
}
