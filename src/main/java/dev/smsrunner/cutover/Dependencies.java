package dev.smsrunner.cutover;

import dev.smsrunner.inventory.DependencyRef;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import java.util.List;
import java.util.Optional;

/** What the servers that a row depends on mean for it; pure. */
final class Dependencies {

    private final CutoverSnapshot run;

    Dependencies(CutoverSnapshot run) {
        this.run = run;
    }

    /** The first dependency that is not met, as an obstacle; empty when all are met. */
    Optional<Obstacle> unmet(LedgerRow row) {
        return run.dependencies(row).stream()
                .filter(reference -> !isMet(reference))
                .findFirst()
                .map(this::obstacle);
    }

    /** The first dependency that is not met, as a clause about the past; empty when all are met. */
    Optional<String> heldBy(LedgerRow row) {
        return row.dependsOn().isEmpty()
                ? Optional.empty()
                : run.dependencies(row).stream()
                        .filter(reference -> !isMet(reference))
                        .findFirst()
                        .map(reference -> "its dependency " + was(reference));
    }

    private String was(DependencyRef reference) {
        var others = run.meant(reference);
        if (others.isEmpty()) {
            return reference.text()
                    + (reference.byId() ? " was not launched as far as SMS showed" : " was not known to this run");
        }
        var ended = endedShort(reference);
        if (ended.isPresent()) {
            return named(reference, ended.get()) + " had " + ending(ended.get());
        }
        var open = holding(reference).orElse(others.get(0));
        return named(reference, open)
                + (open.seen().showsFailure() ? " had failed and was to be started again" : " was " + progress(open));
    }

    /** Whether every server that is meant is far enough. A name that this run does not know is never met. */
    boolean isMet(DependencyRef reference) {
        var meant = run.meant(reference);
        return meant.isEmpty()
                ? run.acceptedElsewhere(reference)
                : meant.stream().allMatch(other -> hasReached(other, reference.level()));
    }

    /** How a server that is not far enough ended; empty while it can still get there. */
    Optional<LedgerRow> endedShort(DependencyRef reference) {
        return run.meant(reference).stream()
                .filter(other -> !other.open() && !hasReached(other, reference.level()))
                .findFirst();
    }

    /**
     * Whether the row is that far. One that was skipped counts: there was nothing to do, or a person decided so. One that is in
     * sync but was not launched counts as synced, since its task is left in sync.
     */
    static boolean hasReached(LedgerRow other, DependencyRef.Level level) {
        if (!other.open()) {
            return hasEnded(other, level);
        }
        if (other.seen().showsFailure()) {
            return false; // its stage stays until it is started again
        }
        return switch (level) {
            case SYNCED -> other.stage() == Stage.SYNCING || other.stage() == Stage.LAUNCHING;
            case LAUNCHED -> other.stage() == Stage.LAUNCHING;
            case ACCEPTED -> false;
        };
    }

    private static boolean hasEnded(LedgerRow other, DependencyRef.Level level) {
        boolean accepted = other.outcome() == Outcome.MIGRATED || other.outcome() == Outcome.SKIPPED;
        boolean inSync = other.outcome() == Outcome.SYNCED
                || other.outcome() == Outcome.NOT_LAUNCHED && other.milestones().replicatedAt() != null;
        return accepted || level == DependencyRef.Level.SYNCED && inSync;
    }

    private Obstacle obstacle(DependencyRef reference) {
        var ended = endedShort(reference);
        var text = ended.map(other -> "%s, which %s".formatted(named(reference, other), ending(other)))
                .orElseGet(() -> waiting(reference));
        return new Obstacle(Obstacle.Kind.DEPENDS_ON, text, null, null, numbers(reference));
    }

    /** How a dependency ended that did not reach its goal. */
    static String ending(LedgerRow other) {
        return other.outcome() == Outcome.FAILED ? "FAILED" : "ended " + other.outcome();
    }

    private String waiting(DependencyRef reference) {
        var others = run.meant(reference);
        if (others.isEmpty()) {
            return reference.byId()
                    ? reference.text() + ", not launched as far as SMS shows"
                    : reference.text() + ", which this run does not know";
        }
        var open = holding(reference).orElse(others.get(0));
        var name = named(reference, open);
        if (open.seen().showsFailure()) {
            return name + ", which failed and is started again";
        }
        return name + ", " + progress(open);
    }

    private static String progress(LedgerRow open) {
        var percent = open.stage() == Stage.REPLICATING ? open.seen().percent() : null;
        return open.stage() + (percent == null ? "" : " " + percent + " %");
    }

    /** The first row that is meant and not far enough; empty when there is none. */
    private Optional<LedgerRow> holding(DependencyRef reference) {
        return run.meant(reference).stream()
                .filter(other -> !hasReached(other, reference.level()))
                .findFirst();
    }

    /** The dependency for people, with the row that ended short of it where it means several rows. */
    String named(DependencyRef reference) {
        return endedShort(reference).map(other -> named(reference, other)).orElse(reference.text());
    }

    /** The dependency for people, with one of the rows that it means where these are several. */
    String named(DependencyRef reference, LedgerRow other) {
        return run.meant(reference).size() < 2
                ? reference.text()
                : "%s (row %d, line %d)".formatted(reference.text(), other.row(), other.line());
    }

    private List<Integer> numbers(DependencyRef reference) {
        return run.meant(reference).stream()
                .filter(other -> !hasReached(other, reference.level()))
                .map(LedgerRow::row)
                .toList();
    }
}
