package dev.smsrunner.run;

import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.StageCounts;
import java.util.Collection;

/** Rows come into the ledger without entries of their own, so they are taken over when the next stage begins. */
record ReloadingRunListener(RunListener listener, ProgressPublisher live, Ledger ledger, String runId)
        implements RunListener {

    @Override
    public void began(Run run, boolean resumed) {
        listener.began(run, resumed);
    }

    @Override
    public void stage(String name) {
        live.reload(ledger, runId);
        listener.stage(name);
    }

    @Override
    public void progress(StageCounts tally, ApiStats api) {
        listener.progress(tally, api);
    }

    @Override
    public void looked(Collection<LedgerRow> rows) {
        listener.looked(rows);
    }

    @Override
    public void said(LedgerRow row, String text) {
        listener.said(row, text);
    }
}
