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
 * The rows that end now as NOT_LAUNCHED because of others; pure. Blocked rows are held while anything else of the run is open,
 * and while the window is not over: a person may retry or skip what failed. Those of a wave that another wave waits for end as
 * soon as nothing else of that wave is open.
 */
public final class NotLaunchedRows {

    /** How the reason of a row begins that ends because it waits for itself. */
    private static final String CIRCLE = "waits for itself through others: ";

    private static final String NO_PLACE = "found no place: servers that stay in sync take all of them";

    private final CutoverSnapshot run;
    private final BlockedRows blocked;
    private final Instant now;

    /**
     * Looks at the run.
     *
     * @param patience so long without any change a server outside the run is waited for; null = for ever
     */
    public NotLaunchedRows(CutoverSnapshot run, @Nullable Duration patience, Instant now) {
        this.run = run;
        this.blocked = new BlockedRows(run, patience, now);
        this.now = now;
    }

    /** Whether the reason is that of a row that found no place. */
    public static boolean isWithoutPlace(String reason) {
        return reason.startsWith(NO_PLACE);
    }

    /** Whether the reason is that of a row that ended here; more may stand behind it. */
    static boolean isReason(@Nullable String reason) {
        return reason != null
                && (reason.startsWith(BlockedRows.REASON) || reason.startsWith(CIRCLE) || reason.startsWith(NO_PLACE));
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
        var atRest = open.stream().filter(row -> isAtRest(row, full)).toList();
        if (!atRest.isEmpty() && atRest.size() == open.size() && isWindowPassed()) {
            return reasons(atRest);
        }
        if (waitForEachOther(open)) {
            var ending = new TreeMap<Integer, String>();
            open.forEach(row -> ending.put(row.row(), CIRCLE + order(row)));
            return ending;
        }
        var ending = ofAwaitedWaves(atRest);
        return ending.isEmpty() && isDead(open, full) && isWindowPassed() ? ofDeadRun(open, others) : ending;
    }

    private Map<Integer, String> reasons(List<LedgerRow> rows) {
        var reasons = new TreeMap<Integer, String>();
        rows.forEach(row -> reasons.put(row.row(), blocked.reason(row)));
        return reasons;
    }

    private Map<Integer, String> ofAwaitedWaves(List<LedgerRow> atRest) {
        var waves = atRest.stream().map(LedgerRow::wave).collect(Collectors.toSet());
        waves.retainAll(awaited());
        var ending = new TreeMap<Integer, String>();
        for (var wave : waves) {
            var rows = run.open(wave);
            if (atRest.containsAll(rows)) {
                ending.putAll(reasons(rows));
            }
        }
        return ending;
    }

    /**
     * Whether nothing can ever happen without a person: no row is started, no server that is in sync has its turn, and none waits
     * for a server outside the run.
     */
    private boolean isDead(List<LedgerRow> open, boolean full) {
        return (full || run.plan().holdsStarts())
                && open.stream().noneMatch(blocked::waitsForOthers)
                && open.stream()
                        .allMatch(row -> full && OccupiedPlaces.needsOne(row) || waits(row) && isOutOfTurn(row));
    }

    private boolean isOutOfTurn(LedgerRow row) {
        return LaunchDecider.order(row, run).isPresent();
    }

    /** The blocked rows end first: others may continue without them. Then the rows that find no place. */
    private Map<Integer, String> ofDeadRun(List<LedgerRow> open, int others) {
        var ending = reasons(open.stream().filter(blocked::has).toList());
        if (ending.isEmpty() && others == 0 && run.rows().stream().noneMatch(row -> row.outcome() == Outcome.SYNCED)) {
            open.stream().filter(OccupiedPlaces::needsOne).forEach(row -> ending.put(row.row(), NO_PLACE));
        }
        return ending;
    }

    /** While the window is not over, a person may still retry or skip what failed. */
    private boolean isWindowPassed() {
        var window = run.plan().window();
        return window == null || window.isOverAt(now);
    }

    /** Whether every open row waits for other open rows alone: nothing can ever happen. */
    private boolean waitForEachOther(List<LedgerRow> open) {
        return !open.isEmpty() && open.stream().allMatch(this::isHeldByOpenRows);
    }

    private boolean isHeldByOpenRows(LedgerRow row) {
        var holding = LaunchDecider.order(row, run).map(Obstacle::rows).orElse(List.of());
        return waits(row)
                && !holding.isEmpty()
                && holding.stream().map(run::row).allMatch(other -> other != null && other.open());
    }

    /** Its copy is complete, or must not begin before its turn. */
    private boolean waits(LedgerRow row) {
        boolean waits = run.plan().holdsStarts() ? !row.stage().underWay() : row.stage() == Stage.SYNCING;
        return waits && !row.undecided();
    }

    private String order(LedgerRow row) {
        return LaunchDecider.heldBy(row, run).orElse("");
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
    private boolean isAtRest(LedgerRow row, boolean full) {
        boolean notStarted = !row.stage().underWay();
        boolean waits = run.plan().holdsStarts()
                ? notStarted
                : row.stage() == Stage.SYNCING || full && blocked.leavesPlaces(row) && OccupiedPlaces.needsOne(row);
        return waits && !row.undecided() && blocked.has(row);
    }

    /**
     * Whether all places that are taken are taken by servers that are in sync, so that none becomes free soon, and no row finds
     * one: none is free, or the one that is free is kept for rows that cannot be started either.
     */
    private boolean nothingStarts(int others) {
        var taken = OccupiedPlaces.taken(run, Set.of());
        if (run.plan().holdsStarts() || !taken.stream().allMatch(OccupiedPlaces::staysInSync)) {
            return false;
        }
        var waiting = run.open().stream().filter(OccupiedPlaces::needsOne).toList();
        return waiting.stream().noneMatch(this::startsLater)
                && new StartQueue(run, others, now).next(waiting).isEmpty();
    }

    /** Whether only the time of its wave keeps the row from being started. */
    private boolean startsLater(LedgerRow row) {
        var start = run.plan().wave(row.wave()).start();
        return !blocked.has(row) && !row.stage().underWay() && start != null && now.isBefore(start.toInstant());
    }
}
