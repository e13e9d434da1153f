package dev.smsrunner.batch;

import java.util.List;
import org.springframework.batch.infrastructure.item.database.AbstractPagingItemReader;

/** Reads rows from the ledger in the order of their numbers, page by page; each execution starts from the first row. */
abstract class LedgerPageReader<T> extends AbstractPagingItemReader<T> {

    private int lastRow;

    LedgerPageReader(int pageSize) {
        setPageSize(pageSize);
        setSaveState(false);
    }

    @Override
    protected void doOpen() throws Exception {
        super.doOpen();
        lastRow = 0;
    }

    @Override
    protected void doReadPage() {
        results = pageAfter(lastRow, getPageSize());
        lastRow = results.isEmpty() ? lastRow : rowNumber(results.get(results.size() - 1));
    }

    /** Next rows after a row number; empty when there are no more. */
    abstract List<T> pageAfter(int row, int size);

    abstract int rowNumber(T item);
}
