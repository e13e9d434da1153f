package dev.smsrunner.cutover;

import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rows that end now as NOT_LAUNCHED because of other rows; pure. Blocked rows stay open while any other row is open or the window
 * is not over, since an operator may retry or skip failed rows. Blocked rows of a wave that another wave waits for end as soon as
 * only blocked rows of that wave are open.
 */
public final class NotLaunchedRows {

    /** Prefix of the reason of a row in a dependency cycle. Stored in the ledger. */
    private static final String CYCLE = "waits for itself through others: ";

    private static final String NO_PLACE = "found no place: servers that stay in sync take all of them";

    private final CutoverSnapshot run;
    private final BlockedRows blocked;
    private final LaunchGates gates;
    private final Instant now;

    /**
     * Evaluates a run.
     *
     * @param giveUpAfter maximum wait for a server outside the run, without any change; null = unlimited
     */
    public NotLaunchedRows(CutoverSnapshot run, @Nullable Duration giveUpAfter, Instant now) {
        this.run = run;
        this.blocked = new BlockedRows(run, giveUpAfter, now);
        this.gates = new LaunchGates(run, now);
        this.now = now;
    }

    /** Whether the reason belongs to a row that found no place. */
    public static boolean isWithoutPlace(String reason) {
        return reason.startsWith(NO_PLACE);
    }

    /** Whether the reason belongs to a row that waited for other rows. */
    public static boolean isDependency(String reason) {
        return reason.startsWith(BlockedRows.REASON) || reason.startsWith(CYCLE);
    }

    /** Whether the reason shows that the row ended because of other rows. */
    static boolean isReason(@Nullable String reason) {
        return reason != null && (isDependency(reason) || isWithoutPlace(reason));
    }

    /**
     * Rows that end now, each with its reason: all blocked rows when no other row is open, in the run or in a wave that another
     * wave waits for.
     *
     * @param others number of servers outside this run that occupy places of the account
     */
    public Map<Integer, String> rowsToEnd(int others) {
        if (run.controls().pausedAt() != null) {
            return Map.of();
        }
        var open = run.openRows();
        boolean full = nothingStarts(others);
        var atRest = open.stream().filter(row -> isAtRest(row, full)).toList();
        if (!atRest.isEmpty() && atRest.size() == open.size() && isWindowPassed()) {
            return reasons(atRest);
        }
        if (waitForEachOther(open)) {
            var ending = new TreeMap<Integer, String>();
            open.forEach(row -> ending.put(row.row(), CYCLE + order(row)));
            return ending;
        }
        var ending = ofAwaitedWaves(atRest);
        return ending.isEmpty() && isStuck(open, full) && isWindowPassed() ? ofStuckRun(open, others) : ending;
    }

    private Map<Integer, String> reasons(List<LedgerRow> rows) {
        var reasons = new TreeMap<Integer, String>();
        rows.forEach(row -> reasons.put(row.row(), blocked.reason(row)));
        return reasons;
    }

    private Map<Integer, String> ofAwaitedWaves(List<LedgerRow> atRest) {
        var waves = atRest.stream().map(LedgerRow::wave).collect(Collectors.toSet());
        waves.retainAll(awaitedWaves());
        var ending = new TreeMap<Integer, String>();
        for (var wave : waves) {
            var rows = run.openRows(wave);
            if (atRest.containsAll(rows)) {
                ending.putAll(reasons(rows));
            }
        }
        return ending;
    }

    /**
     * Whether only an operator can bring the run forward: no row can be started, no row in sync can be launched, and no row waits
     * for a server outside the run.
     */
    private boolean isStuck(List<LedgerRow> open, boolean full) {
        return (full || run.plan().holdsStarts())
                && open.stream().noneMatch(blocked::waitsForOthers)
                && open.stream()
                        .allMatch(row -> full && OccupiedPlaces.needsOne(row) || waits(row) && isOutOfTurn(row));
    }

    private boolean isOutOfTurn(LedgerRow row) {
        return blocked.has(row) || LaunchDecider.order(row, run).isPresent();
    }

    /** Ends the blocked rows first, since other rows may continue without them. Then ends the rows without a place. */
    private Map<Integer, String> ofStuckRun(List<LedgerRow> open, int others) {
        var ending = reasons(open.stream().filter(blocked::has).toList());
        if (ending.isEmpty() && others == 0 && run.rows().stream().noneMatch(row -> row.outcome() == Outcome.SYNCED)) {
            open.stream().filter(OccupiedPlaces::needsOne).forEach(row -> ending.put(row.row(), NO_PLACE));
        }
        return ending;
    }

    /** Whether all windows are over. Before that an operator may still retry or skip failed rows. */
    private boolean isWindowPassed() {
        var windows = run.plan().windows();
        return (windows.isEmpty() || windows.isOverAt(now)) && !isHeldOpen();
    }

    /** Whether the run still waits for launches by an operator. */
    private boolean isHeldOpen() {
        var until = run.agreements().holdUntil();
        return run.plan().hold() != null && (until == null || now.isBefore(until));
    }

    /**
     * Whether the wait for launches by an operator starts: nothing else moves any more.
     *
     * @param others number of servers outside this run that occupy places of the account
     */
    public boolean startsHold(int others) {
        var open = run.openRows();
        if (run.plan().hold() == null
                || run.agreements().holdUntil() != null
                || open.stream().noneMatch(row -> row.stage() == Stage.SYNCING)) {
            return false;
        }
        boolean full = nothingStarts(others);
        return open.stream()
                .allMatch(row -> row.stage() == Stage.SYNCING
                        || row.stage() == Stage.LAUNCHING
                        || isAtRest(row, full)
                        || full && OccupiedPlaces.needsOne(row));
    }

    /** Whether every open row waits only for other open rows, so that none can continue. */
    private boolean waitForEachOther(List<LedgerRow> open) {
        return !open.isEmpty() && open.stream().allMatch(this::isHeldByOpenRows);
    }

    private boolean isHeldByOpenRows(LedgerRow row) {
        var holding = LaunchDecider.order(row, run).map(Obstacle::rows).orElse(List.of());
        return waits(row)
                && !holding.isEmpty()
                && holding.stream().map(run::row).allMatch(other -> other != null && other.isOpen());
    }

    /** Whether the copy is complete, or must not start before its turn. */
    private boolean waits(LedgerRow row) {
        boolean waits = run.plan().holdsStarts() ? !row.stage().isUnderWay() : row.stage() == Stage.SYNCING;
        return waits && !row.hasUndecidedCall();
    }

    private String order(LedgerRow row) {
        return LaunchDecider.describeHold(row, run).orElse("");
    }

    /** Waves that a wave with open rows waits for. */
    private Set<String> awaitedWaves() {
        var awaited = new HashSet<String>();
        for (var wave : run.waves()) {
            if (!run.openRows(wave).isEmpty()) {
                awaited.addAll(run.plan().after(wave));
            }
        }
        return awaited;
    }

    /** Whether the row is blocked and either only synchronises or waits for a place that never becomes free. */
    private boolean isAtRest(LedgerRow row, boolean full) {
        boolean notStarted = !row.stage().isUnderWay();
        boolean waits = run.plan().holdsStarts() || notStarted && gates.isStartHeldForGood(row)
                ? notStarted
                : row.stage() == Stage.SYNCING || full && blocked.leavesPlaces(row) && OccupiedPlaces.needsOne(row);
        return waits && !row.hasUndecidedCall() && blocked.has(row);
    }

    /**
     * Whether servers in sync occupy all taken places, so that none becomes free soon, and no row gets a place. Either none is
     * free, or the free one is kept for rows that cannot be started.
     */
    private boolean nothingStarts(int others) {
        var taken = OccupiedPlaces.rowsWithPlace(run, Set.of());
        if (run.plan().holdsStarts() || !taken.stream().allMatch(OccupiedPlaces::staysInSync)) {
            return false;
        }
        var waiting = run.openRows().stream().filter(OccupiedPlaces::needsOne).toList();
        return waiting.stream().noneMatch(this::startsLater)
                && new StartQueue(run, others, now).next(waiting).isEmpty();
    }

    /** Whether only the start time of its wave, or a gate that may be approved, holds the row. */
    private boolean startsLater(LedgerRow row) {
        var start = run.plan().wave(row.wave()).start();
        boolean early = start != null && now.isBefore(start.toInstant());
        return !blocked.has(row)
                && !row.stage().isUnderWay()
                && (early || gates.findBeforeStart(row).isPresent());
    }
}
