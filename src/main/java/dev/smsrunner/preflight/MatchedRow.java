package dev.smsrunner.preflight;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.sms.SourceServer;
import dev.smsrunner.target.ShownTarget;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A row whose source server and task were looked for.
 *
 * @param source null when there is none or more than one
 * @param taskId null when the source has no task
 * @param intention what would be done for it
 */
public record MatchedRow(
        InventoryRow row,
        @Nullable SourceServer source,
        @Nullable String taskId,
        List<Finding> findings,
        String intention,
        @Nullable String facts)
        implements PlannedResult {

    @Override
    public LedgerRow match(LedgerRow ledgerRow, Instant now) {
        return source == null
                ? ledgerRow
                : ledgerRow.matched(Objects.requireNonNull(source.id()), taskId).withSeen(seen(source, now));
    }

    @Override
    public @Nullable String sourceId() {
        return source == null ? null : source.id();
    }

    /** What the list of sources says of the states. */
    static ObservedState seen(SourceServer source, Instant now) {
        var task = source.currentTask();
        return new ObservedState(
                task == null ? null : task.state(),
                source.state(),
                source.migrationCycle(),
                source.connected(),
                null,
                now,
                ShownTarget.of(task));
    }
}
