package dev.smsrunner.run;

import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.StageCounts;
import java.util.Collection;

/** Listener that reloads the rows at the start of each stage, since the inventory step appends rows without entries. */
record ReloadingRunListener(RunListener listener, ProgressPublisher publisher, Ledger ledger, String runId)
        implements RunListener {

    @Override
    public void runStarted(Run run, boolean resumed) {
        listener.runStarted(run, resumed);
    }

    @Override
    public void stageStarted(String name) {
        publisher.reload(ledger, runId);
        listener.stageStarted(name);
    }

    @Override
    public void progress(StageCounts counts, ApiStats api) {
        listener.progress(counts, api);
    }

    @Override
    public void rowsObserved(Collection<LedgerRow> rows) {
        listener.rowsObserved(rows);
    }

    @Override
    public void rowMessage(LedgerRow row, String text) {
        listener.rowMessage(row, text);
    }
}
