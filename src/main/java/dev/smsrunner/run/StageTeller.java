package dev.smsrunner.run;

import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.Migration;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.Tally;
import java.util.Collection;

/** Rows come into the ledger without entries of their own, so they are taken over when the next stage begins. */
record StageTeller(RunListener listener, LiveRows live, Ledger ledger, String runId) implements RunListener {

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
    public void progress(Tally tally, ApiFigures api) {
        listener.progress(tally, api);
    }

    @Override
    public void looked(Collection<Migration> rows) {
        listener.looked(rows);
    }

    @Override
    public void said(Migration row, String text) {
        listener.said(row, text);
    }
}
