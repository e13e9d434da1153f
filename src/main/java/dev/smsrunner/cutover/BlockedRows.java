package dev.smsrunner.cutover;

import dev.smsrunner.inventory.DependencyRef;
import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Open rows that can never be started or launched, because a dependency ended without success; pure. */
final class BlockedRows {

    /** Prefix of the reason of a blocked row. */
    static final String REASON = "depends on ";

    private static final int LONGEST_CHAIN = 5;

    private final CutoverSnapshot run;
    private final Dependencies dependencies;
    private final LaunchGates gates;
    private final @Nullable Duration giveUpAfter;
    private final Instant now;
    private final Map<Integer, Block> blocked = new HashMap<>();
    private final Set<Integer> awaitedInSync = new HashSet<>();

    /**
     * Finds the blocked rows of a run.
     *
     * @param giveUpAfter maximum wait for a server outside the run, without any change; null = unlimited
     */
    BlockedRows(CutoverSnapshot run, @Nullable Duration giveUpAfter, Instant now) {
        this.run = run;
        this.dependencies = new Dependencies(run);
        this.gates = new LaunchGates(run, now);
        this.giveUpAfter = giveUpAfter;
        this.now = now;
        findBlocked();
        findAwaitedInSync();
    }

    boolean has(LedgerRow row) {
        return blocked.containsKey(row.row());
    }

    /** Whether the row waits for a server outside the run that may still be launched. */
    boolean waitsForOthers(LedgerRow row) {
        return !has(row)
                && run.dependencies(row).stream()
                        .anyMatch(reference ->
                                reference.byId() && run.resolve(reference).isEmpty() && !dependencies.isMet(reference));
    }

    /** Whether the first row waits until the other row is in sync. */
    boolean waitsForItsCopy(LedgerRow row, LedgerRow other) {
        return run.dependencies(row).stream()
                .filter(reference -> reference.level() == DependencyRef.Level.SYNCED)
                .flatMap(reference -> run.resolve(reference).stream())
                .anyMatch(dependency -> dependency.row() == other.row());
    }

    /**
     * Whether a copy of the row would only occupy a place until the end of the run: the row is blocked, and no row with a place
     * waits until it is in sync.
     */
    boolean leavesPlaces(LedgerRow row) {
        return has(row) && !awaitedInSync.contains(row.row());
    }

    private void findAwaitedInSync() {
        run.openRows().stream()
                .filter(row -> !has(row) && OccupiedPlaces.takesOne(row))
                .flatMap(row -> run.dependencies(row).stream())
                .filter(reference -> reference.level() == DependencyRef.Level.SYNCED)
                .flatMap(reference -> run.resolve(reference).stream())
                .forEach(other -> awaitedInSync.add(other.row()));
    }

    /** Spreads from rows with an unmeetable dependency to their dependents. A chain may be as long as the inventory. */
    private void findBlocked() {
        var dependents = new HashMap<Integer, List<Block>>();
        var found = new ArrayDeque<Block>();
        for (var row : run.openRows()) {
            if (isLaunching(row)) {
                continue;
            }
            gates.findFinal(row).ifPresent(cause -> found.add(new Block(row, "", null, cause)));
            if (run.controls().forced().contains(row.row())) {
                continue;
            }
            for (var reference : run.dependencies(row)) {
                if (dependencies.isMet(reference)) {
                    continue;
                }
                cause(row, reference)
                        .ifPresent(cause -> found.add(new Block(row, dependencies.describe(reference), null, cause)));
                if (reference.level() != DependencyRef.Level.SYNCED
                        || run.plan().holdsStarts()) {
                    run.resolve(reference)
                            .forEach(other -> dependents
                                    .computeIfAbsent(other.row(), number -> new ArrayList<>(1))
                                    .add(new Block(row, dependencies.describe(reference, other), other, "")));
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

    /** Whether SMS is already launching the target. */
    private static boolean isLaunching(LedgerRow row) {
        return row.stage() == Stage.LAUNCHING && !row.observed().showsFailure();
    }

    /**
     * Reason why the dependency itself can never be met; empty when it can, or when it depends on another open row of the run.
     */
    private Optional<String> cause(LedgerRow row, DependencyRef reference) {
        if (run.resolve(reference).isEmpty()) {
            if (!reference.byId()) {
                return Optional.of("which this run does not know");
            }
            return isGivenUp(row) ? Optional.of("which was not launched in time") : Optional.empty();
        }
        return dependencies.findEndedShort(reference).map(other -> "which " + Dependencies.describeEnd(other));
    }

    private boolean isGivenUp(LedgerRow row) {
        var changed = row.observed().changedAt();
        if (giveUpAfter == null || changed == null) {
            return false;
        }
        var since = run.plan().windowsOf(row).windows().stream()
                .map(CutoverSettings.Window::open)
                .findFirst()
                .filter(changed::isBefore)
                .orElse(changed);
        return Duration.between(since, now).compareTo(giveUpAfter) >= 0;
    }

    /** Reason of a blocked row: the chain down to the row that ended, at most five rows. */
    String reason(LedgerRow row) {
        var block = Objects.requireNonNull(blocked.get(row.row()));
        if (block.isGate()) {
            return block.cause();
        }
        var text = new StringBuilder(REASON).append(block.dependency());
        for (int depth = 1; block.through() != null && depth < LONGEST_CHAIN; depth++) {
            block = Objects.requireNonNull(blocked.get(block.through().row()));
            if (block.isGate()) {
                return text.append(", which waits at ").append(block.cause()).toString();
            }
            text.append(", which depends on ").append(block.dependency());
        }
        return text.append(", ")
                .append(block.through() == null ? block.cause() : "which is held too")
                .toString();
    }

    /**
     * Cause of a blocked row.
     *
     * @param dependency text of the dependency, for messages; empty when a gate or the inventory holds the row
     * @param through blocked row in between; null when the dependency itself cannot be met
     * @param cause reason why the dependency cannot be met; empty when another row is in between
     */
    private record Block(
            LedgerRow row, String dependency, @Nullable LedgerRow through, String cause) {

        /** Whether a gate or the inventory holds the row itself. */
        boolean isGate() {
            return dependency.isEmpty();
        }
    }
}
