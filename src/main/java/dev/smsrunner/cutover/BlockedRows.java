package dev.smsrunner.cutover;

import dev.smsrunner.inventory.DependencyRef;
import dev.smsrunner.ledger.Migration;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows whose turn cannot come any more, since something that they depend on ended without success; pure. They are held while
 * anything else of the run is open, and while the window is not over: a person may retry or skip what failed. Then they end as
 * NOT_LAUNCHED. Those of a wave that another wave waits for end as soon as nothing else of that wave is open.
 */
public final class BlockedRows {

    private static final int LONGEST_CHAIN = 5;

    private final RunSnapshot run;
    private final Dependencies dependencies;
    private final @Nullable Duration patience;
    private final Instant now;
    private final Map<Integer, Block> blocked = new HashMap<>();
    private final Set<Integer> awaitedInSync = new HashSet<>();

    /**
     * Looks at the run.
     *
     * @param patience so long without any change a server outside the run is waited for; null = for ever
     */
    public BlockedRows(RunSnapshot run, @Nullable Duration patience, Instant now) {
        this.run = run;
        this.dependencies = new Dependencies(run);
        this.patience = patience;
        this.now = now;
        spread();
        awaitInSync();
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
        boolean stuck = isStuck(others);
        boolean full = stuck || isFullForGood(others);
        var atRest = open.stream().filter(row -> isAtRest(row, full)).toList();
        var ending = new TreeMap<Integer, String>();
        if (!atRest.isEmpty() && (stuck || atRest.size() == open.size()) && isWindowPassed()) {
            atRest.forEach(row -> ending.put(row.row(), reason(row)));
            return ending;
        }
        if (waitForEachOther(open)) {
            open.forEach(row -> ending.put(row.row(), "waits for itself through others: " + order(row)));
            return ending;
        }
        var waves = atRest.stream().map(Migration::wave).collect(Collectors.toSet());
        waves.retainAll(awaited());
        for (var wave : waves) {
            var rows = run.open(wave);
            if (atRest.containsAll(rows)) {
                rows.forEach(row -> ending.put(row.row(), reason(row)));
            }
        }
        return ending;
    }

    /** While the window is not over, a person may still retry or skip what failed. */
    private boolean isWindowPassed() {
        var window = run.plan().window();
        return window == null || window.isOverAt(now);
    }

    /** Whether every open row is in sync and held by other open rows alone: nothing can ever happen. */
    private boolean waitForEachOther(List<Migration> open) {
        return !open.isEmpty() && open.stream().allMatch(this::isHeldByOpenRows);
    }

    private boolean isHeldByOpenRows(Migration row) {
        var holding = Release.order(row, run).map(Obstacle::rows).orElse(List.of());
        return row.stage() == Stage.SYNCING
                && !row.undecided()
                && !holding.isEmpty()
                && holding.stream().map(run::row).allMatch(other -> other != null && other.open());
    }

    private String order(Migration row) {
        return Release.order(row, run).map(Obstacle::line).orElse("");
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
                : row.stage() == Stage.SYNCING || full && leavesPlaces(row) && Places.needsOne(row);
        return waits && !row.undecided() && has(row);
    }

    boolean has(Migration row) {
        return blocked.containsKey(row.row());
    }

    /** Whether the first row waits until the other one is in sync. */
    boolean waitsForItsCopy(Migration row, Migration other) {
        return run.dependencies(row).stream()
                .filter(reference -> reference.level() == DependencyRef.Level.SYNCED)
                .flatMap(reference -> run.meant(reference).stream())
                .anyMatch(meant -> meant.row() == other.row());
    }

    /**
     * Whether nothing can happen though rows are open that are not blocked: whoever has a place is in sync and waits, and each row
     * waits for others that find no place, in the end until blocked rows are in sync. These would keep their places.
     */
    private boolean isStuck(int others) {
        var taken = Places.taken(run, Set.of());
        var going = run.open().stream().filter(row -> !has(row)).toList();
        int left = going.stream().anyMatch(Places::takesOne) ? 0 : 1;
        var needed = new Needed(run, this);
        return !run.plan().holdsStarts()
                && !taken.isEmpty()
                && !going.isEmpty()
                && run.plan().concurrent() - taken.size() - others <= left
                && taken.stream().allMatch(BlockedRows::staysInSync)
                && going.stream().allMatch(needed::leavesOthers);
    }

    /** Whether all places are taken by servers that are in sync: nothing that is copied or launched gives one back soon. */
    private boolean isFullForGood(int others) {
        var taken = Places.taken(run, Set.of());
        return !taken.isEmpty()
                && taken.size() + others >= run.plan().concurrent()
                && taken.stream().allMatch(BlockedRows::staysInSync);
    }

    /** In sync and waiting, or left in sync at its end. */
    private static boolean staysInSync(Migration row) {
        return !row.open() || row.stage() == Stage.SYNCING && !row.undecided();
    }

    /**
     * Whether nobody's launch comes nearer by a copy of the row now: it is blocked, and no other row that has a place waits
     * until it is in sync. Its copy would keep a place to the end of the run.
     */
    boolean leavesPlaces(Migration row) {
        return has(row) && !awaitedInSync.contains(row.row());
    }

    private void awaitInSync() {
        run.open().stream()
                .filter(row -> !has(row) && Places.takesOne(row))
                .flatMap(row -> run.dependencies(row).stream())
                .filter(reference -> reference.level() == DependencyRef.Level.SYNCED)
                .flatMap(reference -> run.meant(reference).stream())
                .forEach(other -> awaitedInSync.add(other.row()));
    }

    /** From the rows whose own dependency cannot be met to those that depend on them; a chain may be as long as the inventory. */
    private void spread() {
        var dependents = new HashMap<Integer, List<Block>>();
        var found = new ArrayDeque<Block>();
        for (var row : run.open()) {
            if (run.steering().forced().contains(row.row())) {
                continue;
            }
            for (var reference : run.dependencies(row)) {
                if (dependencies.isMet(reference)) {
                    continue;
                }
                cause(row, reference).ifPresent(cause -> found.add(new Block(row, reference, null, cause)));
                if (reference.level() != DependencyRef.Level.SYNCED
                        || run.plan().holdsStarts()) {
                    run.meant(reference)
                            .forEach(other -> dependents
                                    .computeIfAbsent(other.row(), number -> new ArrayList<>(1))
                                    .add(new Block(row, reference, other, "")));
                }
            }
        }
        while (!found.isEmpty()) {
            var block = found.poll();
            if (blocked.putIfAbsent(block.row().row(), block) == null) {
                found.addAll(dependents.getOrDefault(block.row().row(), List.of()));
            }
        }
    }

    /** Why the dependency itself can never be met; empty when it can, or when only another row of the run decides. */
    private Optional<String> cause(Migration row, DependencyRef reference) {
        if (run.meant(reference).isEmpty()) {
            if (!reference.byId()) {
                return Optional.of("which this run does not know");
            }
            return isPatienceOver(row) ? Optional.of("which was not launched in time") : Optional.empty();
        }
        return dependencies.endedShort(reference).map(other -> "which " + Dependencies.ending(other));
    }

    private boolean isPatienceOver(Migration row) {
        var changed = row.seen().changedAt();
        var window = run.plan().window();
        if (patience == null || changed == null) {
            return false;
        }
        var since = window != null && window.open().isAfter(changed) ? window.open() : changed;
        return Duration.between(since, now).compareTo(patience) >= 0;
    }

    private String reason(Migration row) {
        var text = new StringBuilder("depends on ");
        var block = Objects.requireNonNull(blocked.get(row.row()));
        for (int depth = 1; block.through() != null && depth < LONGEST_CHAIN; depth++) {
            text.append(block.reference().text()).append(", which depends on ");
            block = Objects.requireNonNull(blocked.get(block.through().row()));
        }
        text.append(block.reference().text()).append(", ");
        return text.append(block.through() == null ? block.cause() : "which is held too")
                .toString();
    }

    /**
     * Why a row is blocked.
     *
     * @param through the blocked row that is between; null when the dependency itself cannot be met
     * @param cause why it cannot; empty when another row is between
     */
    private record Block(
            Migration row,
            DependencyRef reference,
            @Nullable Migration through,
            String cause) {}

    /** The rows that ended as NOT_LAUNCHED because of one of the given rows: they are reopened with it. */
    public static List<Migration> freedBy(Collection<Migration> retried, RunSnapshot run) {
        var numbers = retried.stream().map(Migration::row).collect(Collectors.toCollection(HashSet::new));
        var freed = new TreeMap<Integer, Migration>();
        boolean more = true;
        while (more) {
            var found = run.rows().stream()
                    .filter(row -> endedBecauseOfOthers(row) && !numbers.contains(row.row()))
                    .filter(row -> dependsOnOne(row, numbers, run).isPresent())
                    .toList();
            found.forEach(row -> {
                numbers.add(row.row());
                freed.put(row.row(), row);
            });
            more = !found.isEmpty();
        }
        return List.copyOf(freed.values());
    }

    /** Earlier versions rejected a row because of its dependency. */
    private static boolean endedBecauseOfOthers(Migration row) {
        var reason = row.reason();
        return row.outcome() == Outcome.NOT_LAUNCHED
                || row.outcome() == Outcome.REJECTED
                        && row.sourceId() != null
                        && reason != null
                        && reason.startsWith("not started: it depends on ");
    }

    private static Optional<Migration> dependsOnOne(Migration row, Set<Integer> numbers, RunSnapshot run) {
        return run.dependencies(row).stream()
                .flatMap(reference -> run.meant(reference).stream())
                .filter(other -> numbers.contains(other.row()))
                .findFirst();
    }
}
