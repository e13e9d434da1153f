package dev.smsrunner.cutover;

import dev.smsrunner.inventory.WaveOrder;
import dev.smsrunner.ledger.AttentionCause;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Stage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Whose copy is started next: by wave, then priority (the higher first, as SMS counts it), then row, within the places of the
 * account and of the wave. A wave begins when the one before has nothing left to start, or only rows that must leave the last
 * place to others while nothing else moves. Dependencies and {@code after} do not hold a copy, unless SMS launches by itself at
 * its end.
 */
public final class StartQueue {

    /** Whose turn it is. */
    public static final Comparator<LedgerRow> TURN = Comparator.comparing(LedgerRow::wave, WaveOrder.NATURAL)
            .thenComparing(Comparator.comparingInt(LedgerRow::priority).reversed())
            .thenComparingInt(LedgerRow::row);

    private final CutoverSnapshot run;
    private final Instant now;
    private final int others;

    /** @param others servers that are not of this run and take places of the account */
    public StartQueue(CutoverSnapshot run, int others, Instant now) {
        this.run = run;
        this.others = others;
        this.now = now;
    }

    /** Whether nothing but its turn keeps the row from being started, or from having its task prepared. */
    private boolean isToStart(LedgerRow row) {
        boolean waits = row.nextAt() != null && now.isBefore(row.nextAt());
        boolean early =
                (row.stage() == Stage.PLANNED || row.stage() == Stage.TASK_READY) && !OccupiedPlaces.runsUnstarted(row);
        boolean healthy = row.undecided()
                || (row.attention() == null || AttentionCause.isOnlyTold(row.attention()))
                        && !Boolean.FALSE.equals(row.seen().connected());
        return early && !waits && healthy && held(row).isEmpty();
    }

    /** What holds the row whoever else is to be started. */
    private Optional<Obstacle> held(LedgerRow row) {
        if (row.stage().underWay()) {
            return Optional.empty(); // it was started before: this is its restart
        }
        var start = run.plan().wave(row.wave()).start();
        if (start != null && now.isBefore(start.toInstant())) {
            return Optional.of(Obstacle.of(Obstacle.Kind.START, "not before " + CutoverPlan.shown(start))
                    .until(start.toInstant()));
        }
        return run.plan().holdsStarts() ? LaunchDecider.order(row, run) : Optional.empty();
    }

    /**
     * The rows to start now. A server that others wait for comes before them.
     *
     * @param startable rows whose task can be started
     */
    public List<LedgerRow> next(List<LedgerRow> startable) {
        return new Choice(startable).make();
    }

    /**
     * What each of the rows waits for before its copy is started; rows that are started next are not in it.
     *
     * @param startable rows whose task can be started
     */
    public Map<Integer, Obstacle> obstacles(List<LedgerRow> startable) {
        var choice = new Choice(startable);
        choice.make();
        var found = new LinkedHashMap<Integer, Obstacle>();
        int line = 0;
        for (var row : startable.stream().sorted(TURN).toList()) {
            if (choice.isChosen(row)) {
                continue;
            }
            var before = choice.beforePlaces(row).or(() -> choice.blocked(row));
            line += before.isPresent() ? 0 : 1;
            found.put(row.row(), before.isPresent() ? before.get() : choice.cap(row, line));
        }
        return found;
    }

    /** One choice among rows; counts the places while it chooses. */
    private final class Choice {

        private final Map<Integer, LedgerRow> startable = new LinkedHashMap<>();
        private final TreeMap<String, Integer> toStart = new TreeMap<>(WaveOrder.NATURAL);
        private final Map<String, Integer> ofWave = new HashMap<>();
        private final List<LedgerRow> chosen = new ArrayList<>();
        private final Set<Integer> chosenNumbers = new HashSet<>();
        private final Map<String, Obstacle> behindWaves = new HashMap<>();
        private final BlockedRows blocked = new BlockedRows(run, null, now);
        private final PrerequisiteRows needed = new PrerequisiteRows(run, blocked);
        private final Set<Integer> awaitedEarlier = new HashSet<>();
        private final int taken;
        private final boolean nothingMoves;
        private int free;
        private long wanting;

        Choice(List<LedgerRow> rows) {
            rows.stream().sorted(TURN).forEach(row -> startable.put(row.row(), row));
            run.open().stream()
                    .filter(this::holdsLaterWaves)
                    .forEach(row -> toStart.merge(row.wave(), 1, Integer::sum));
            run.open().stream().filter(this::holdsLaterWaves).forEach(this::awaitParents);
            var holding = OccupiedPlaces.taken(run, startable.keySet());
            holding.forEach(this::place);
            taken = holding.size();
            nothingMoves = holding.stream().allMatch(OccupiedPlaces::staysInSync);
            free = Math.max(0, run.plan().concurrent() - taken - others);
            wanting = run.open().stream()
                    .filter(row -> OccupiedPlaces.needsOne(row) && !blocked.leavesPlaces(row))
                    .count();
        }

        private boolean holdsLaterWaves(LedgerRow row) {
            return isToStart(row) && !blocked.leavesPlaces(row);
        }

        /** A server that one still to be started waits for, through others too, does not wait for that one's wave. */
        private void awaitParents(LedgerRow child) {
            var stack = new ArrayDeque<LedgerRow>(List.of(child));
            while (!stack.isEmpty()) {
                run.dependencies(stack.pop())
                        .forEach(reference -> run.meant(reference).stream()
                                .filter(other -> other.open() && awaitedEarlier.add(other.row()))
                                .forEach(stack::push));
            }
        }

        /** A row that ended takes no place of its wave, nor does a blocked one, which might keep it to the end of the run. */
        private void place(LedgerRow row) {
            ofWave.merge(row.wave(), !row.open() || blocked.leavesPlaces(row) ? 0 : 1, Integer::sum);
            needed.place(row);
        }

        List<LedgerRow> make() {
            choose(row -> isNeededNow(row) || isItsTurn(row));
            if (chosen.isEmpty() && nothingMoves && allThatHoldWavesAreHere()) {
                choose(this::isFree);
            }
            return chosen;
        }

        private boolean isFree(LedgerRow row) {
            return held(row).isEmpty() && paused(row).isEmpty();
        }

        /** A row whose task is prepared still, or whose start is on its way, is started soon: later waves wait for it. */
        private boolean allThatHoldWavesAreHere() {
            return run.open().stream().filter(this::holdsLaterWaves).allMatch(row -> startable.containsKey(row.row()));
        }

        private void choose(Predicate<LedgerRow> mayStart) {
            for (var row : parentsFirst()) {
                if (free > 0 && !isChosen(row) && mayStart.test(row) && fits(row)) {
                    choose(row);
                }
            }
        }

        private void choose(LedgerRow row) {
            chosen.add(row);
            chosenNumbers.add(row.row());
            free--;
            wanting -= blocked.leavesPlaces(row) ? 0 : 1;
            place(row);
            if (holdsLaterWaves(row)) {
                toStart.computeIfPresent(row.wave(), (wave, count) -> count > 1 ? count - 1 : null);
            }
        }

        /** Those that a row waits for come before it, so that they find a place; a chain may be as long as the inventory. */
        private List<LedgerRow> parentsFirst() {
            var order = new LinkedHashSet<LedgerRow>();
            var stack = new ArrayDeque<LedgerRow>();
            var entered = new HashSet<Integer>();
            for (var row : startable.values()) {
                stack.push(row);
                while (!stack.isEmpty()) {
                    var top = stack.peek();
                    if (entered.add(top.row())) {
                        parents(top)
                                .filter(parent -> !entered.contains(parent.row()))
                                .forEach(stack::push);
                    } else {
                        order.add(stack.pop());
                    }
                }
            }
            return List.copyOf(order);
        }

        private Stream<LedgerRow> parents(LedgerRow row) {
            return run.dependencies(row).stream()
                    .flatMap(reference -> run.meant(reference).stream())
                    .filter(other -> startable.containsKey(other.row()));
        }

        /** The first thing that keeps the copy of the row from being started, places aside; empty when nothing does. */
        Optional<Obstacle> beforePlaces(LedgerRow row) {
            return held(row).or(() -> paused(row)).or(() -> earlierWave(row));
        }

        /** A pause does not hold what is under way, nor its restart. */
        private Optional<Obstacle> paused(LedgerRow row) {
            return row.stage().underWay() ? Optional.empty() : LaunchDecider.paused(run);
        }

        private boolean isItsTurn(LedgerRow row) {
            return !isBehindAWave(row) && held(row).isEmpty() && paused(row).isEmpty();
        }

        private boolean isBehindAWave(LedgerRow row) {
            return !toStart.isEmpty() && WaveOrder.NATURAL.compare(toStart.firstKey(), row.wave()) < 0;
        }

        private Optional<Obstacle> earlierWave(LedgerRow row) {
            return isBehindAWave(row)
                    ? Optional.of(behindWaves.computeIfAbsent(toStart.firstKey(), this::behind))
                    : Optional.empty();
        }

        /** To be asked for when all are chosen: it is the same for every row behind that wave. */
        private Obstacle behind(String wave) {
            var waiting = run.open(wave).stream()
                    .filter(row -> holdsLaterWaves(row) && !isChosen(row))
                    .map(LedgerRow::row)
                    .toList();
            return new Obstacle(
                    Obstacle.Kind.WAVE, "%s has %d to start".formatted(wave, waiting.size()), null, null, waiting);
        }

        private boolean isChosen(LedgerRow row) {
            return chosenNumbers.contains(row.row());
        }

        /** A server of a later wave that one under way waits for does not wait for the order of the waves. */
        private boolean isNeededNow(LedgerRow row) {
            return (needed.has(row) || awaitedEarlier.contains(row.row()))
                    && held(row).isEmpty()
                    && paused(row).isEmpty();
        }

        private boolean fits(LedgerRow row) {
            return !isWaveFull(row) && blocked(row).isEmpty() && (free > 1 || free == 1 && !needed.mustLeaveLast(row));
        }

        /**
         * A row whose turn cannot come keeps its place from the end of its copy to the end of the run. It takes none that
         * another row wants: otherwise such rows take them all, and nothing is started any more.
         */
        Optional<Obstacle> blocked(LedgerRow row) {
            return blocked.leavesPlaces(row) && free <= wanting ? LaunchDecider.order(row, run) : Optional.empty();
        }

        /** One place of the wave is kept for a row of it that others wait for. */
        private boolean isWaveFull(LedgerRow row) {
            var limit = run.plan().wave(row.wave()).concurrent();
            if (limit == null) {
                return false;
            }
            int left = limit - ofWave.getOrDefault(row.wave(), 0);
            return left < 1 || left == 1 && needed.mustLeaveLastOfWave(row);
        }

        Obstacle cap(LedgerRow row, int line) {
            return isWaveFull(row) ? waveCap(row) : accountCap(row, line);
        }

        private Obstacle waveCap(LedgerRow row) {
            int limit = Objects.requireNonNull(run.plan().wave(row.wave()).concurrent());
            int inWave = ofWave.getOrDefault(row.wave(), 0);
            return Obstacle.of(
                    Obstacle.Kind.CAP,
                    "%d of %d of %s under way%s".formatted(inWave, limit, row.wave(), kept(inWave < limit)));
        }

        private Obstacle accountCap(LedgerRow row, int line) {
            long inSync = run.inSync();
            return Obstacle.of(
                    Obstacle.Kind.CAP,
                    "%d of %d under way%s%s, %s in line"
                            .formatted(
                                    taken + others + chosen.size(),
                                    run.plan().concurrent(),
                                    inSync == 0 ? "" : ", %d of them in sync".formatted(inSync),
                                    kept(free > 0),
                                    CountFormats.ordinal(line)));
        }

        private static String kept(boolean one) {
            return one ? ", 1 kept for servers that others wait for" : "";
        }
    }
}
