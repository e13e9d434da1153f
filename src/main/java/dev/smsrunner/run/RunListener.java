package dev.smsrunner.run;

import dev.smsrunner.ledger.GateDecision;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.StageCounts;
import java.util.Collection;

/** Listener of the progress of a run. Called from several threads; implementations must not block. */
public interface RunListener {

    /** The standby waits for another process; called once, before the run starts. */
    default void standbyWaits(String text) {}

    /** The run has its id; {@code resumed} when it continues the work of an earlier process. */
    void runStarted(Run run, boolean resumed);

    /** A stage starts; the name is the name of its step. */
    void stageStarted(String name);

    /** A message for the operator about the run as a whole. */
    default void runMessage(String text) {}

    /** A committed decision about a gate: a question to its approvers, an answer, or answers that lost their effect. */
    default void gateDecided(GateDecision decision) {}

    /** Current counts of the rows. */
    void progress(StageCounts counts, ApiStats api);

    /** Observed copy progress of some rows; most of it is not written to the ledger. */
    default void rowsObserved(Collection<LedgerRow> rows) {}

    /** A message for the operator about a committed change of one row. */
    void rowMessage(LedgerRow row, String text);
}
