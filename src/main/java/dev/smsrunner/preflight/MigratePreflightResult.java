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
 * One row after preflight.
 *
 * @param source the one source server that the row names, null when there is none or more than one
 * @param unlisted the id that the row gives its source server, of which SMS shows nothing; other rows may depend on it. Null when
 *     there is a source, or when the row names none by its id
 * @param existing the task that the source has already, null when it has none
 * @param layout disks, volume groups and file systems for the target, null when there is no source
 */
public record MigratePreflightResult(
        InventoryRow row,
        @Nullable SourceServer source,
        @Nullable String unlisted,
        @Nullable MigrationTask existing,
        @Nullable TargetLayout layout,
        List<Finding> findings)
        implements PreflightResult {

    @Override
    public LedgerRow match(LedgerRow ledgerRow, Instant now) {
        if (source == null) {
            return unlisted == null ? ledgerRow : ledgerRow.matched(unlisted, null);
        }
        return ledgerRow
                .matched(Objects.requireNonNull(source.id()), taskId(source))
                .withSeen(MatchedRow.seen(source, now));
    }

    /** The list of sources may lag behind the list of tasks: a task that either shows is the one to use. */
    private @Nullable String taskId(SourceServer from) {
        var current = from.currentTask();
        if (current != null && current.id() != null) {
            return current.id();
        }
        return existing == null ? null : existing.id();
    }

    @Override
    public @Nullable String facts() {
        return layout == null || source == null
                ? null
                : SourceFacts.of(row, source, layout).toJson();
    }
}
