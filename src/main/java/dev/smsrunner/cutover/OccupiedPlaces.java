package dev.smsrunner.cutover;

import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Rules for places of the account. A server occupies a place from its start until its target runs, including the time in sync, as
 * SMS counts its limit ("Notes and Constraints", at most 100 servers migrated at once). A failed server that waits for its
 * restart releases its place; otherwise such servers could occupy all places and none could be restarted.
 */
public final class OccupiedPlaces {

    private static final Set<Outcome> LEFT_IN_SYNC = EnumSet.of(Outcome.SYNCED, Outcome.NOT_LAUNCHED);

    private OccupiedPlaces() {}

    /**
     * Whether the row occupies a place now. Includes a row whose start may have been executed, and a row that ended and was left
     * in sync. Also includes a row whose task runs in SMS before its start (after a retry, or with an older task).
     */
    public static boolean takesOne(LedgerRow row) {
        if (!row.isOpen()) {
            return LEFT_IN_SYNC.contains(row.outcome()) && row.observed().showsSync();
        }
        boolean perhapsStarted = row.call() != null && row.call().isUndecided(Operation.START);
        return perhapsStarted || runsUnstarted(row) || row.stage().isUnderWay() && !waitsForRestart(row);
    }

    /** Whether the task of the row runs in SMS although the ledger has no start of the row. */
    static boolean runsUnstarted(LedgerRow row) {
        return row.isOpen() && !row.stage().isUnderWay() && row.observed().showsUnderWay();
    }

    /** Whether the row occupies a place while its server is in sync. */
    public static boolean takesOneInSync(LedgerRow row) {
        boolean inSync = !row.isOpen()
                || row.stage() == Stage.SYNCING
                || runsUnstarted(row) && row.observed().showsSync();
        return inSync && takesOne(row);
    }

    /** Whether a row with a place waits in sync, or was left in sync at its end. It may keep its place for a long time. */
    static boolean staysInSync(LedgerRow row) {
        return !row.isOpen() || row.stage() == Stage.SYNCING && !row.hasUndecidedCall();
    }

    static boolean waitsForRestart(LedgerRow row) {
        return row.nextAt() != null && row.observed().showsFailure();
    }

    /** Whether the row still needs a place. */
    static boolean needsOne(LedgerRow row) {
        return row.isOpen() && !takesOne(row);
    }

    /** Rows that occupy a place, except the given numbers. */
    static List<LedgerRow> rowsWithPlace(CutoverSnapshot run, Set<Integer> without) {
        return run.rows().stream()
                .filter(row -> !without.contains(row.row()) && takesOne(row))
                .toList();
    }
}
