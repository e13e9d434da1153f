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
 * Queue of copies to start: by wave, then priority (higher first, as in SMS), then row, within the places of the account and of
 * the wave. A wave starts when the previous wave has no row left to start. Rows that must leave the last place to others do not
 * hold it while nothing else moves. Dependencies and {@code after} do not hold a copy, unless SMS launches the target at its end.
 *
 * @param others number of servers outside this run that occupy places of the account
 */
public record StartQueue(CutoverSnapshot run, int others, Instant now) {

    /** Order of the queue. */
    public static final Comparator<LedgerRow> TURN = Comparator.comparing(LedgerRow::wave, WaveOrder.NATURAL)
            .thenComparing(Comparator.comparingInt(LedgerRow::priority).reversed())
            .thenComparingInt(LedgerRow::row);

    /** Whether only its turn holds the start of the row or the preparation of its task. */
    private boolean isToStart(LedgerRow row) {
        boolean early =
                (row.stage() == Stage.PLANNED || row.stage() == Stage.TASK_READY) && !OccupiedPlaces.runsUnstarted(row);
        boolean healthy = row.hasUndecidedCall()
                || (row.attention() == null || AttentionCause.isInformational(row.attention()))
                        && !Boolean.FALSE.equals(row.observed().connected());
        return early && !row.isPostponed(now) && healthy && isUnheld(row);
    }

    /** Whether neither its time, its order nor a gate holds the start of the row. */
    private boolean isUnheld(LedgerRow row) {
        return findHold(row).isEmpty() && findGate(row).isEmpty();
    }

    /** Gate that holds the start of the row. The runner asks its approvers when the turn of the row has come. */
    private Optional<Obstacle> findGate(LedgerRow row) {
        return new LaunchGates(run, now).findBeforeStart(row);
    }

    /** Obstacle of the row that is independent of other rows to start. */
    private Optional<Obstacle> findHold(LedgerRow row) {
        if (row.stage().isUnderWay()) {
            return Optional.empty(); // a restart of a row that was started before
        }
        var start = run.plan().wave(row.wave()).start();
        if (start != null && now.isBefore(start.toInstant())) {
            return Optional.of(Obstacle.of(Obstacle.Kind.START, "not before " + CutoverPlan.format(start))
                    .until(start.toInstant()));
        }
        return run.plan().holdsStarts() ? LaunchDecider.order(row, run) : Optional.empty();
    }

    /**
     * Rows to start now. A prerequisite comes before its dependents.
     *
     * @param startable rows whose task can be started
     */
    public List<LedgerRow> next(List<LedgerRow> startable) {
        return new Choice(startable).select();
    }

    /**
     * Obstacle of each row before the start of its copy. Rows that are started next have none.
     *
     * @param startable rows whose task can be started
     */
    public Map<Integer, Obstacle> obstacles(List<LedgerRow> startable) {
        var choice = new Choice(startable);
        choice.select();
        var found = new LinkedHashMap<Integer, Obstacle>();
        int line = 0;
        for (var row : startable.stream().sorted(TURN).toList()) {
            if (choice.isChosen(row)) {
                continue;
            }
            var before = choice.obstacleBeforePlaces(row).or(() -> choice.findBlock(row));
            line += before.isPresent() ? 0 : 1;
            found.put(row.row(), before.isPresent() ? before.get() : choice.cap(row, line));
        }
        return found;
    }

    /** Selection of rows; counts the places as it selects. */
    private final class Choice {

        private final Map<Integer, LedgerRow> startable = new LinkedHashMap<>();
        private final TreeMap<String, Integer> toStart = new TreeMap<>(WaveOrder.NATURAL);
        private final Map<String, Integer> countByWave = new HashMap<>();
        private final List<LedgerRow> chosen = new ArrayList<>();
        private final Set<Integer> chosenNumbers = new HashSet<>();
        private final Map<String, Obstacle> behindWaves = new HashMap<>();
        private final BlockedRows blocked = new BlockedRows(run, null, now);
        private final PrerequisiteRows needed = new PrerequisiteRows(run, blocked);
        private final Set<Integer> awaitedEarlier = new HashSet<>();
        private final int taken;
        private final boolean nothingMoves;
        private int free;
        private long unplaced;

        Choice(List<LedgerRow> rows) {
            rows.stream().sorted(TURN).forEach(row -> startable.put(row.row(), row));
            run.openRows().stream()
                    .filter(this::holdsLaterWaves)
                    .forEach(row -> toStart.merge(row.wave(), 1, Integer::sum));
            run.openRows().stream().filter(this::holdsLaterWaves).forEach(this::awaitParents);
            var holding = OccupiedPlaces.rowsWithPlace(run, startable.keySet());
            holding.forEach(this::place);
            taken = holding.size();
            nothingMoves = holding.stream().allMatch(OccupiedPlaces::staysInSync);
            free = Math.max(0, run.plan().concurrent() - taken - others);
            unplaced = run.openRows().stream()
                    .filter(row -> OccupiedPlaces.needsOne(row) && !blocked.leavesPlaces(row))
                    .count();
        }

        private boolean holdsLaterWaves(LedgerRow row) {
            return isToStart(row) && !blocked.leavesPlaces(row);
        }

        /** Collects the direct and indirect dependencies of a row still to be started. They do not wait for earlier waves. */
        private void awaitParents(LedgerRow child) {
            var stack = new ArrayDeque<LedgerRow>(List.of(child));
            while (!stack.isEmpty()) {
                run.dependencies(stack.pop())
                        .forEach(reference -> run.resolve(reference).stream()
                                .filter(other -> other.isOpen() && awaitedEarlier.add(other.row()))
                                .forEach(stack::push));
            }
        }

        /**
         * Records the place of a row. Ended and blocked rows occupy no place of their wave; a blocked row might keep it until the
         * run ends.
         */
        private void place(LedgerRow row) {
            countByWave.merge(row.wave(), !row.isOpen() || blocked.leavesPlaces(row) ? 0 : 1, Integer::sum);
            needed.place(row);
        }

        List<LedgerRow> select() {
            choose(row -> isNeededNow(row) || isInTurn(row));
            if (chosen.isEmpty() && nothingMoves && allThatHoldWavesAreHere()) {
                choose(this::isFree);
            }
            return chosen;
        }

        private boolean isFree(LedgerRow row) {
            return isUnheld(row) && findPause(row).isEmpty();
        }

        /**
         * Whether no row will be started soon: no task is being prepared and no start is in flight. Later waves wait for such
         * rows.
         */
        private boolean allThatHoldWavesAreHere() {
            return run.openRows().stream()
                    .filter(this::holdsLaterWaves)
                    .allMatch(row -> startable.containsKey(row.row()));
        }

        private void choose(Predicate<LedgerRow> mayStart) {
            for (var row : parentsFirst()) {
                if (free > 0 && !isChosen(row) && mayStart.test(row) && canTakePlace(row)) {
                    choose(row);
                }
            }
        }

        private void choose(LedgerRow row) {
            chosen.add(row);
            chosenNumbers.add(row.row());
            free--;
            unplaced -= blocked.leavesPlaces(row) ? 0 : 1;
            place(row);
            if (holdsLaterWaves(row)) {
                toStart.computeIfPresent(row.wave(), (wave, count) -> count > 1 ? count - 1 : null);
            }
        }

        /**
         * Startable rows with dependencies before dependents, so that these find a place. A chain may be as long as the
         * inventory.
         */
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
                    .flatMap(reference -> run.resolve(reference).stream())
                    .filter(other -> startable.containsKey(other.row()));
        }

        /** First obstacle to the start of the copy, apart from places; empty when there is none. */
        Optional<Obstacle> obstacleBeforePlaces(LedgerRow row) {
            return findHold(row)
                    .or(() -> findPause(row))
                    .or(() -> earlierWave(row))
                    .or(() -> findGate(row));
        }

        /** Obstacle of a pause. A pause holds no row under way, nor its restart. */
        private Optional<Obstacle> findPause(LedgerRow row) {
            return row.stage().isUnderWay() ? Optional.empty() : LaunchDecider.pause(run);
        }

        private boolean isInTurn(LedgerRow row) {
            return !isBehindAWave(row) && isUnheld(row) && findPause(row).isEmpty();
        }

        private boolean isBehindAWave(LedgerRow row) {
            return !toStart.isEmpty() && WaveOrder.NATURAL.compare(toStart.firstKey(), row.wave()) < 0;
        }

        private Optional<Obstacle> earlierWave(LedgerRow row) {
            return isBehindAWave(row)
                    ? Optional.of(behindWaves.computeIfAbsent(toStart.firstKey(), this::obstacleBehind))
                    : Optional.empty();
        }

        /** Obstacle of the rows behind a wave, the same for all of them. Requires a complete selection. */
        private Obstacle obstacleBehind(String wave) {
            var waiting = run.openRows(wave).stream()
                    .filter(row -> holdsLaterWaves(row) && !isChosen(row))
                    .map(LedgerRow::row)
                    .toList();
            return new Obstacle(
                    Obstacle.Kind.WAVE, "%s has %d to start".formatted(wave, waiting.size()), null, null, waiting);
        }

        private boolean isChosen(LedgerRow row) {
            return chosenNumbers.contains(row.row());
        }

        /** Whether the row is a prerequisite, which does not wait for earlier waves. */
        private boolean isNeededNow(LedgerRow row) {
            return (needed.has(row) || awaitedEarlier.contains(row.row()))
                    && isUnheld(row)
                    && findPause(row).isEmpty();
        }

        private boolean canTakePlace(LedgerRow row) {
            return !isWaveFull(row)
                    && findBlock(row).isEmpty()
                    && (free > 1 || free == 1 && !needed.mustLeaveLast(row));
        }

        /**
         * Obstacle of a blocked row. It would keep a place from the end of its copy to the end of the run, so it gets none that
         * another row needs. Otherwise blocked rows could occupy all places.
         */
        Optional<Obstacle> findBlock(LedgerRow row) {
            return blocked.leavesPlaces(row) && free <= unplaced
                    ? LaunchDecider.order(row, run).or(() -> new LaunchGates(run, now).findClosedBeforeLaunch(row))
                    : Optional.empty();
        }

        /** Whether the wave has no place for the row. One place is kept for a prerequisite within the wave. */
        private boolean isWaveFull(LedgerRow row) {
            var limit = run.plan().wave(row.wave()).concurrent();
            if (limit == null) {
                return false;
            }
            int left = limit - countByWave.getOrDefault(row.wave(), 0);
            return left < 1 || left == 1 && needed.mustLeaveLastOfWave(row);
        }

        Obstacle cap(LedgerRow row, int line) {
            return isWaveFull(row) ? waveCap(row) : accountCap(row, line);
        }

        private Obstacle waveCap(LedgerRow row) {
            int limit = Objects.requireNonNull(run.plan().wave(row.wave()).concurrent());
            int inWave = countByWave.getOrDefault(row.wave(), 0);
            return Obstacle.of(
                    Obstacle.Kind.CAP,
                    "%d of %d of %s under way%s".formatted(inWave, limit, row.wave(), describeKept(inWave < limit)));
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
                                    describeKept(free > 0),
                                    CountFormats.ordinal(line)));
        }

        private static String describeKept(boolean one) {
            return one ? ", 1 kept for servers that others wait for" : "";
        }
    }
}
