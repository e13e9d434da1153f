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

/** Reads the planned rows from the ledger in their order, page by page after the last row read; fresh per execution. */
final class PlannedRows extends StoppableItemReader<LedgerRow> {

    private final RunContext work;
    private final int pageSize;
    private final Deque<LedgerRow> page = new ArrayDeque<>();
    private int last;

    PlannedRows(RunContext work, int pageSize) {
        super(work.halt(), work.listener());
        this.work = work;
        this.pageSize = pageSize;
    }

    @Override
    public void open(ExecutionContext context) {
        page.clear();
        last = 0;
    }

    @Override
    @Nullable
    LedgerRow next() {
        if (page.isEmpty()) {
            page.addAll(work.ledger().after(work.owner().runId(), Stage.PLANNED, last, pageSize));
        }
        var row = page.poll();
        last = row == null ? last : row.row();
        return row;
    }

    /** Those of the rows that calls were not made for yet: what was asked of the service is for the drive to settle. */
    List<LedgerRow> unexamined(List<? extends LedgerRow> rows) {
        return rows.stream()
                .<LedgerRow>map(row -> row)
                .filter(row -> row.sourceId() == null || row.call() == null)
                .toList();
    }

    /**
     * Those of the rows whose task can be seen to now. A row whose call has no clear answer, or whose states are not known to
     * this version, is left to the drive, which looks before it acts.
     */
    List<LedgerRow> ready(List<? extends LedgerRow> rows) {
        return rows.stream()
                .<LedgerRow>map(row -> row)
                .filter(row -> row.call() == null)
                .filter(row -> CopyState.of(row.seen().copyState()) != CopyState.UNKNOWN)
                .filter(row -> TaskState.of(row.seen().taskState()) != TaskState.UNKNOWN)
                .toList();
    }
}
