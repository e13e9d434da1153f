package dev.smsrunner.batch;

import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.sms.CopyState;
import dev.smsrunner.sms.TaskState;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemProcessor;

/**
 * Filters rows with a call, or with states unknown to this version. The reconcile loop observes them before it acts.
 */
class TaskProcessor implements ItemProcessor<LedgerRow, LedgerRow> {

    @Override
    public @Nullable LedgerRow process(LedgerRow row) {
        boolean observeFirst = row.call() != null
                || CopyState.of(row.observed().copyState()) == CopyState.UNKNOWN
                || TaskState.of(row.observed().taskState()) == TaskState.UNKNOWN;
        return observeFirst ? null : row;
    }
}
