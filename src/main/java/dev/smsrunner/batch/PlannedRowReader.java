package dev.smsrunner.batch;

import dev.smsrunner.job.RunStages;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Stage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads the planned rows in the order of the task stage, page by page. Each page contains the current state of its
 * rows, since rows change while the tasks of others are created. Each execution starts from the first row.
 */
class PlannedRowReader implements ItemStreamReader<LedgerRow> {

    private final Ledger ledger;
    private final FencedRun owner;
    private final RunStages stages;
    private final int pageSize;
    private final Deque<LedgerRow> page = new ArrayDeque<>();
    private List<Integer> numbers = List.of();

    PlannedRowReader(Ledger ledger, FencedRun owner, RunStages stages, int pageSize) {
        this.ledger = ledger;
        this.owner = owner;
        this.stages = stages;
        this.pageSize = pageSize;
    }

    @Override
    public void open(ExecutionContext context) {
        page.clear();
        numbers = ledger.findOpen(owner.runId()).stream()
                .filter(PlannedRowReader::isPlanned)
                .sorted(stages.tasks().orElseThrow().order())
                .map(LedgerRow::row)
                .toList();
    }

    @Override
    public @Nullable LedgerRow read() {
        while (page.isEmpty() && !numbers.isEmpty()) {
            var next = numbers.subList(0, Math.min(pageSize, numbers.size()));
            ledger.find(owner.runId(), next).stream()
                    .filter(PlannedRowReader::isPlanned)
                    .forEach(page::add);
            numbers = numbers.subList(next.size(), numbers.size());
        }
        return page.poll();
    }

    private static boolean isPlanned(LedgerRow row) {
        return row.stage() == Stage.PLANNED;
    }
}
