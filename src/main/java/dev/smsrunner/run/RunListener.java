package dev.smsrunner.run;

import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.StageCounts;
import java.util.Collection;

/** Who wants to hear how a run goes. Called from several threads; an answer must not be slow. */
public interface RunListener {

    /** The run has its id; {@code resumed} when it goes on from an earlier process. */
    void began(Run run, boolean resumed);

    /** A stage of the run begins, by the name an operator knows. */
    void stage(String name);

    /** Something about the run as a whole that an operator wants to know. */
    default void noted(String text) {}

    /** Where the rows are now. */
    void progress(StageCounts tally, ApiStats api);

    /** How far the copies of some rows are at this look; most of it is not written. */
    default void looked(Collection<LedgerRow> rows) {}

    /** Something about one row that an operator wants to know, and that is committed. */
    void said(LedgerRow row, String text);
}
