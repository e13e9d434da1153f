package dev.smsrunner.job;

import dev.smsrunner.ledger.LedgerRow;
import java.util.Comparator;
import java.util.List;

/** Stage that ensures one migration task per row. The reconcile loop follows the stage, and runs between its chunks. */
public interface TaskStage {

    /** Marks the sources as just read, before preflight reads them. */
    void markSourcesFresh();

    /** Order in which the rows get their tasks. */
    Comparator<LedgerRow> order();

    /**
     * Ensures the tasks of planned rows.
     *
     * @return the rows with a call or a change, in their new state
     * @throws dev.smsrunner.cloud.ApiException when the service is unreachable or refuses the credentials
     */
    List<LedgerRow> prepare(List<? extends LedgerRow> rows);
}
