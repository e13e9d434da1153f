package dev.smsrunner.run;

import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.sms.CopyState;
import dev.smsrunner.sms.TaskState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** Reads the planned rows from the ledger in order, page by page; each execution starts from the first row. */
final class PlannedRows extends StoppableItemReader<LedgerRow> {

    private final RunContext runContext;
    private final int pageSize;
    private final Deque<LedgerRow> page = new ArrayDeque<>();
    private int lastRow;

    PlannedRows(RunContext runContext, int pageSize) {
        super(runContext.stopSignal(), runContext.listener());
        this.runContext = runContext;
        this.pageSize = pageSize;
    }

    @Override
    public void open(ExecutionContext context) {
        page.clear();
        lastRow = 0;
    }

    @Override
    @Nullable
    LedgerRow next() {
        if (page.isEmpty()) {
            page.addAll(runContext.ledger().findAfter(runContext.owner().runId(), Stage.PLANNED, lastRow, pageSize));
        }
        var row = page.poll();
        lastRow = row == null ? lastRow : row.row();
        return row;
    }

    /** Filters the rows without a call; the reconcile loop resolves rows with a call. */
    List<LedgerRow> withoutCalls(List<? extends LedgerRow> rows) {
        return rows.stream()
                .<LedgerRow>map(row -> row)
                .filter(row -> row.sourceId() == null || row.call() == null)
                .toList();
    }

    /**
     * Filters the rows whose task can be ensured now. Rows with a call, or with states unknown to this version, are left to the
     * reconcile loop, which observes before it acts.
     */
    List<LedgerRow> readyForTask(List<? extends LedgerRow> rows) {
        return rows.stream()
                .<LedgerRow>map(row -> row)
                .filter(row -> row.call() == null)
                .filter(row -> CopyState.of(row.observed().copyState()) != CopyState.UNKNOWN)
                .filter(row -> TaskState.of(row.observed().taskState()) != TaskState.UNKNOWN)
                .toList();
    }
}
