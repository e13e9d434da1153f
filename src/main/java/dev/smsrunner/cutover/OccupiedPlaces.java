package dev.smsrunner.cutover;

import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Who takes the places of the account. A server takes one from its start until its target runs, the time in sync included, as
 * SMS counts its own limit ("Notes and Constraints", at most 100 servers migrated at once). One that failed and is to be
 * started again gives its place back: otherwise such servers could take all places and none would ever be started.
 */
public final class OccupiedPlaces {

    private static final Set<Outcome> LEFT_IN_SYNC = EnumSet.of(Outcome.SYNCED, Outcome.NOT_LAUNCHED);

    private OccupiedPlaces() {}

    /**
     * Whether the row takes a place now; one whose start may have been carried out does, one whose task runs in SMS although
     * the row is at its beginning (it was tried again, or the task was there before), and one that ended and was left in sync.
     */
    public static boolean takesOne(LedgerRow row) {
        if (!row.open()) {
            return LEFT_IN_SYNC.contains(row.outcome()) && row.seen().showsSync();
        }
        boolean perhapsStarted = row.call() != null && row.call().undecided(Operation.START);
        return perhapsStarted || runsUnstarted(row) || row.stage().underWay() && !waitsForRestart(row);
    }

    /** Whether the task of the row runs in SMS though the row is not started yet as far as the ledger knows. */
    static boolean runsUnstarted(LedgerRow row) {
        return row.open() && !row.stage().underWay() && row.seen().showsUnderWay();
    }

    /** Whether the row takes a place while its server is in sync. */
    public static boolean takesOneInSync(LedgerRow row) {
        boolean inSync = !row.open()
                || row.stage() == Stage.SYNCING
                || runsUnstarted(row) && row.seen().showsSync();
        return inSync && takesOne(row);
    }

    /** Whether a row that takes a place is in sync and waits, or was left in sync at its end: it may keep its place for long. */
    static boolean staysInSync(LedgerRow row) {
        return !row.open() || row.stage() == Stage.SYNCING && !row.undecided();
    }

    static boolean waitsForRestart(LedgerRow row) {
        return row.nextAt() != null && row.seen().showsFailure();
    }

    /** Whether the row will need a place before it can end well. */
    static boolean needsOne(LedgerRow row) {
        return row.open() && !takesOne(row);
    }

    /** The rows that take a place, but for some. */
    static List<LedgerRow> taken(CutoverSnapshot run, Set<Integer> without) {
        return run.rows().stream()
                .filter(row -> !without.contains(row.row()) && takesOne(row))
                .toList();
    }
}
