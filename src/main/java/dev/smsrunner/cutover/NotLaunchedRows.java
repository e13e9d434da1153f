package dev.smsrunner.cutover;

import dev.smsrunner.ledger.Migration;
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
 * The rows that end now as NOT_LAUNCHED because of others; pure. Blocked rows are held while anything else of the run is open,
 * and while the window is not over: a person may retry or skip what failed. Those of a wave that another wave waits for end as
 * soon as nothing else of that wave is open.
 */
public final class NotLaunchedRows {

    /** How the reason of a row begins that ends because it waits for itself. */
    private static final String CIRCLE = "waits for itself through others: ";

    private final RunSnapshot run;
    private final BlockedRows blocked;
    private final Instant now;

    /**
     * Looks at the run.
     *
     * @param patience so long without any change a server outside the run is waited for; null = for ever
     */
    public NotLaunchedRows(RunSnapshot run, @Nullable Duration patience, Instant now) {
        this.run = run;
        this.blocked = new BlockedRows(run, patience, now);
        this.now = now;
    }

    /** Whether the reason is that of a row that ended here. */
    static boolean isReason(@Nullable String reason) {
        return reason != null && (reason.startsWith(BlockedRows.REASON) || reason.startsWith(CIRCLE));
    }

    /**
     * The rows that end now, each with its reason: all that are blocked when nothing else of the run is open, or nothing else of
     * a wave that another wave waits for.
     */
    public Map<Integer, String> toEnd() {
        return toEnd(0);
    }

    /**
     * The same.
     *
     * @param others servers that are not of this run and take places of the account
     */
    public Map<Integer, String> toEnd(int others) {
        if (run.steering().pausedAt() != null) {
            return Map.of();
        }
        var open = run.open();
        boolean full = nothingStarts(others);
        boolean stuck = full && isStuck();
        var atRest = open.stream().filter(row -> isAtRest(row, full)).toList();
        var ending = new TreeMap<Integer, String>();
        if (!atRest.isEmpty() && (stuck || atRest.size() == open.size()) && isWindowPassed()) {
            atRest.forEach(row -> ending.put(row.row(), blocked.reason(row)));
            return ending;
        }
        if (noneCanMove(open, atRest)) {
            open.forEach(row -> ending.put(row.row(), blocked.has(row) ? blocked.reason(row) : CIRCLE + order(row)));
            return ending;
        }
        var waves = atRest.stream().map(Migration::wave).collect(Collectors.toSet());
        waves.retainAll(awaited());
        for (var wave : waves) {
            var rows = run.open(wave);
            if (atRest.containsAll(rows)) {
                rows.forEach(row -> ending.put(row.row(), blocked.reason(row)));
            }
        }
        return ending;
    }

    /** While the window is not over, a person may still retry or skip what failed. */
    private boolean isWindowPassed() {
        var window = run.plan().window();
        return window == null || window.isOverAt(now);
    }

    /**
     * Whether every open row is blocked, or waits for other open rows alone: nothing can ever happen. Blocked rows are held until
     * the window is over, and so are those that wait beside them.
     */
    private boolean noneCanMove(List<Migration> open, List<Migration> atRest) {
        var resting = new HashSet<>(atRest);
        return !open.isEmpty()
                && (atRest.isEmpty() || isWindowPassed())
                && open.stream().allMatch(row -> resting.contains(row) || isHeldByOpenRows(row));
    }

    /** Its copy is complete, or must not begin before its turn, and what it waits for is open. */
    private boolean isHeldByOpenRows(Migration row) {
        var holding = Release.order(row, run).map(Obstacle::rows).orElse(List.of());
        boolean waits = run.plan().holdsStarts() ? !row.stage().underWay() : row.stage() == Stage.SYNCING;
        return waits
                && !row.undecided()
                && !holding.isEmpty()
                && holding.stream().map(run::row).allMatch(other -> other != null && other.open());
    }

    private String order(Migration row) {
        return Release.heldBy(row, run).orElse("");
    }

    /** The waves that a wave with open rows waits for. */
    private Set<String> awaited() {
        var awaited = new HashSet<String>();
        for (var wave : run.waves()) {
            if (!run.open(wave).isEmpty()) {
                awaited.addAll(run.plan().after(wave));
            }
        }
        return awaited;
    }

    /** Blocked, and nothing is under way for it but the synchronisation; or it waits for a place, and none becomes free. */
    private boolean isAtRest(Migration row, boolean full) {
        boolean notStarted = !row.stage().underWay();
        boolean waits = run.plan().holdsStarts()
                ? notStarted
                : row.stage() == Stage.SYNCING || full && blocked.leavesPlaces(row) && Places.needsOne(row);
        return waits && !row.undecided() && blocked.has(row);
    }

    /**
     * Whether nothing can happen though rows are open that are not blocked: whoever has a place is in sync and waits, and each row
     * waits for others that find no place, in the end until blocked rows are in sync. These would keep their places.
     */
    private boolean isStuck() {
        var going = run.open().stream().filter(row -> !blocked.has(row)).toList();
        var needed = new Needed(run, blocked);
        return !going.isEmpty() && going.stream().allMatch(needed::leavesOthers);
    }

    /**
     * Whether all places that are taken are taken by servers that are in sync, so that none becomes free soon, and no row finds
     * one: none is free, or the one that is free is kept for rows that cannot be started either.
     */
    private boolean nothingStarts(int others) {
        var taken = Places.taken(run, Set.of());
        if (run.plan().holdsStarts() || taken.isEmpty() || !taken.stream().allMatch(NotLaunchedRows::staysInSync)) {
            return false;
        }
        var waiting = run.open().stream().filter(Places::needsOne).toList();
        return waiting.stream().noneMatch(this::startsLater)
                && new StartQueue(run, others, now).next(waiting).isEmpty();
    }

    /** Whether only the time of its wave keeps the row from being started. */
    private boolean startsLater(Migration row) {
        var start = run.plan().wave(row.wave()).start();
        return !blocked.has(row) && !row.stage().underWay() && start != null && now.isBefore(start.toInstant());
    }

    /** In sync and waiting, or left in sync at its end. */
    private static boolean staysInSync(Migration row) {
        return !row.open() || row.stage() == Stage.SYNCING && !row.undecided();
    }
}
