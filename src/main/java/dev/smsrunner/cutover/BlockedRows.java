package dev.smsrunner.cutover;

import dev.smsrunner.inventory.DependencyRef;
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

/** The open rows whose turn cannot come any more, since something that they depend on ended without success; pure. */
final class BlockedRows {

    /** How the reason of a blocked row begins. */
    static final String REASON = "depends on ";

    private static final int LONGEST_CHAIN = 5;

    private final CutoverSnapshot run;
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
    BlockedRows(CutoverSnapshot run, @Nullable Duration patience, Instant now) {
        this.run = run;
        this.dependencies = new Dependencies(run);
        this.patience = patience;
        this.now = now;
        spread();
        awaitInSync();
    }

    boolean has(LedgerRow row) {
        return blocked.containsKey(row.row());
    }

    /** Whether a server outside the run may still be launched that the row waits for. */
    boolean waitsForOthers(LedgerRow row) {
        return !has(row)
                && run.dependencies(row).stream()
                        .anyMatch(reference ->
                                reference.byId() && run.meant(reference).isEmpty() && !dependencies.isMet(reference));
    }

    /** Whether the first row waits until the other one is in sync. */
    boolean waitsForItsCopy(LedgerRow row, LedgerRow other) {
        return run.dependencies(row).stream()
                .filter(reference -> reference.level() == DependencyRef.Level.SYNCED)
                .flatMap(reference -> run.meant(reference).stream())
                .anyMatch(meant -> meant.row() == other.row());
    }

    /**
     * Whether nobody's launch comes nearer by a copy of the row now: it is blocked, and no other row that has a place waits
     * until it is in sync. Its copy would keep a place to the end of the run.
     */
    boolean leavesPlaces(LedgerRow row) {
        return has(row) && !awaitedInSync.contains(row.row());
    }

    private void awaitInSync() {
        run.open().stream()
                .filter(row -> !has(row) && OccupiedPlaces.takesOne(row))
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
            if (run.steering().forced().contains(row.row()) || isBeingLaunched(row)) {
                continue;
            }
            for (var reference : run.dependencies(row)) {
                if (dependencies.isMet(reference)) {
                    continue;
                }
                cause(row, reference)
                        .ifPresent(cause -> found.add(new Block(row, dependencies.named(reference), null, cause)));
                if (reference.level() != DependencyRef.Level.SYNCED
                        || run.plan().holdsStarts()) {
                    run.meant(reference)
                            .forEach(other -> dependents
                                    .computeIfAbsent(other.row(), number -> new ArrayList<>(1))
                                    .add(new Block(row, dependencies.named(reference, other), other, "")));
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

    /** Its turn does not have to come any more. */
    private static boolean isBeingLaunched(LedgerRow row) {
        return row.stage() == Stage.LAUNCHING && !row.seen().showsFailure();
    }

    /** Why the dependency itself can never be met; empty when it can, or when only another row of the run decides. */
    private Optional<String> cause(LedgerRow row, DependencyRef reference) {
        if (run.meant(reference).isEmpty()) {
            if (!reference.byId()) {
                return Optional.of("which this run does not know");
            }
            return isPatienceOver(row) ? Optional.of("which was not launched in time") : Optional.empty();
        }
        return dependencies.endedShort(reference).map(other -> "which " + Dependencies.ending(other));
    }

    private boolean isPatienceOver(LedgerRow row) {
        var changed = row.seen().changedAt();
        var window = run.plan().window();
        if (patience == null || changed == null) {
            return false;
        }
        var since = window != null && window.open().isAfter(changed) ? window.open() : changed;
        return Duration.between(since, now).compareTo(patience) >= 0;
    }

    /** Why the turn of a blocked row cannot come, down to the row that ended, or to the fifth of a longer chain. */
    String reason(LedgerRow row) {
        var text = new StringBuilder(REASON);
        var block = Objects.requireNonNull(blocked.get(row.row()));
        for (int depth = 1; block.through() != null && depth < LONGEST_CHAIN; depth++) {
            text.append(block.dependency()).append(", which depends on ");
            block = Objects.requireNonNull(blocked.get(block.through().row()));
        }
        text.append(block.dependency()).append(", ");
        return text.append(block.through() == null ? block.cause() : "which is held too")
                .toString();
    }

    /**
     * Why a row is blocked.
     *
     * @param dependency what it depends on, for people
     * @param through the blocked row that is between; null when the dependency itself cannot be met
     * @param cause why it cannot; empty when another row is between
     */
    private record Block(
            LedgerRow row, String dependency, @Nullable LedgerRow through, String cause) {}
}
