package dev.smsrunner.cutover;

import dev.smsrunner.inventory.DependencyRef;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import java.util.List;
import java.util.Optional;

/** Evaluates the dependencies of a row; pure. */
record Dependencies(CutoverSnapshot run) {

    /** First unmet dependency as an obstacle; empty when all are met. */
    Optional<Obstacle> findUnmet(LedgerRow row) {
        return run.dependencies(row).stream()
                .filter(reference -> !isMet(reference))
                .findFirst()
                .map(this::obstacle);
    }

    /** First unmet dependency as a clause in the past tense; empty when all are met. */
    Optional<String> describeHold(LedgerRow row) {
        return row.dependsOn().isEmpty()
                ? Optional.empty()
                : run.dependencies(row).stream()
                        .filter(reference -> !isMet(reference))
                        .findFirst()
                        .map(reference -> "its dependency " + describePast(reference));
    }

    private String describePast(DependencyRef reference) {
        var others = run.resolve(reference);
        if (others.isEmpty()) {
            return reference.text()
                    + (reference.byId() ? " was not launched as far as SMS showed" : " was not known to this run");
        }
        var ended = findEndedShort(reference);
        if (ended.isPresent()) {
            return describe(reference, ended.get()) + " had " + describeEnd(ended.get());
        }
        var open = findHolding(reference).orElse(others.get(0));
        return describe(reference, open)
                + (open.observed().showsFailure()
                        ? " had failed and was to be started again"
                        : " was " + progress(open));
    }

    /** Whether every server of the dependency has reached its level. A name that this run does not contain is never met. */
    boolean isMet(DependencyRef reference) {
        var others = run.resolve(reference);
        return others.isEmpty()
                ? run.isAcceptedElsewhere(reference)
                : others.stream().allMatch(other -> hasReached(other, reference.level()));
    }

    /** First server that ended short of the level; empty while all can still reach it. */
    Optional<LedgerRow> findEndedShort(DependencyRef reference) {
        return run.resolve(reference).stream()
                .filter(other -> !other.isOpen() && !hasReached(other, reference.level()))
                .findFirst();
    }

    /**
     * Whether the row has reached the level. A skipped row counts: there was nothing to do, or an operator skipped it. A row that
     * ended in sync without a launch counts as synced, since its task stays in sync.
     */
    static boolean hasReached(LedgerRow other, DependencyRef.Level level) {
        if (!other.isOpen()) {
            return hasEnded(other, level);
        }
        if (other.observed().showsFailure()) {
            return false; // the stage does not change before the restart
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
        var ended = findEndedShort(reference);
        var text = ended.map(other -> "%s, which %s".formatted(describe(reference, other), describeEnd(other)))
                .orElseGet(() -> describeWaiting(reference));
        return new Obstacle(Obstacle.Kind.DEPENDS_ON, text, null, null, numbers(reference));
    }

    /** Text for the outcome of a dependency that ended short of its level. */
    static String describeEnd(LedgerRow other) {
        return other.outcome() == Outcome.FAILED ? "FAILED" : "ended " + other.outcome();
    }

    private String describeWaiting(DependencyRef reference) {
        var others = run.resolve(reference);
        if (others.isEmpty()) {
            return reference.byId()
                    ? reference.text() + ", not launched as far as SMS shows"
                    : reference.text() + ", which this run does not know";
        }
        var open = findHolding(reference).orElse(others.get(0));
        var name = describe(reference, open);
        if (open.observed().showsFailure()) {
            return name + ", which failed and is started again";
        }
        return name + ", " + progress(open);
    }

    private static String progress(LedgerRow open) {
        var percent = open.stage() == Stage.REPLICATING ? open.observed().percent() : null;
        return open.stage() + (percent == null ? "" : " " + percent + " %");
    }

    /** First row of the dependency that has not reached the level; empty when there is none. */
    private Optional<LedgerRow> findHolding(DependencyRef reference) {
        return run.resolve(reference).stream()
                .filter(other -> !hasReached(other, reference.level()))
                .findFirst();
    }

    /** Text of the dependency. If it refers to several rows, the text includes the row that ended short of the level. */
    String describe(DependencyRef reference) {
        return findEndedShort(reference)
                .map(other -> describe(reference, other))
                .orElse(reference.text());
    }

    /** Text of the dependency. If it refers to several rows, the text includes the given row. */
    String describe(DependencyRef reference, LedgerRow other) {
        return run.resolve(reference).size() < 2
                ? reference.text()
                : "%s (row %d, line %d)".formatted(reference.text(), other.row(), other.line());
    }

    private List<Integer> numbers(DependencyRef reference) {
        return run.resolve(reference).stream()
                .filter(other -> !hasReached(other, reference.level()))
                .map(LedgerRow::row)
                .toList();
    }
}
