package dev.smsrunner.cutover;

import dev.smsrunner.jobfile.CutoverSettings.LaunchMode;
import dev.smsrunner.jobfile.GateSettings.Step;
import dev.smsrunner.ledger.LedgerRow;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Agreements that a start or a launch waits for: gates, {@code ok_to_cutover}, and a launch by an operator; pure. */
public record LaunchGates(CutoverSnapshot run, Instant now) {

    private static final String FORBIDDEN = "ok_to_cutover is no in the inventory";

    /** First agreement that the launch of the row waits for; empty when it waits for none. */
    public Optional<Obstacle> findBeforeLaunch(LedgerRow row) {
        return findClosed(row, false).or(() -> waitsForOperator(row) ? Optional.of(operator()) : Optional.empty());
    }

    /** First gate that the launch waits for, even one that an operator requests or forces. */
    public Optional<Obstacle> findClosedBeforeLaunch(LedgerRow row) {
        return findClosed(row, false);
    }

    /** First gate that the start of the copy waits for; empty when it waits for none. */
    Optional<Obstacle> findBeforeStart(LedgerRow row) {
        return findClosed(row, true);
    }

    private Optional<Obstacle> findClosed(LedgerRow row, boolean start) {
        if (isForbidden(row) && (!start || run.plan().holdsStarts())) {
            return Optional.of(Obstacle.of(Obstacle.Kind.GATE, FORBIDDEN));
        }
        return states(row, start).filter(state -> !state.isOpen()).findFirst().map(this::obstacle);
    }

    private boolean isForbidden(LedgerRow row) {
        return run.agreements().forbidden().contains(row.row());
    }

    private Obstacle obstacle(GateState state) {
        var obstacle = Obstacle.of(Obstacle.Kind.GATE, state.describe(run.plan()));
        var latest = state.latest();
        return latest == null
                ? obstacle
                : obstacle.since(latest.at()).until(state.isFinal() ? null : latest.expiresAt());
    }

    /** States of the gates of the row. A restart of a copy is held only where SMS launches the target at its end. */
    private Stream<GateState> states(LedgerRow row, boolean start) {
        return run.plan().gates().stream()
                .filter(rule -> rule.covers(row))
                .filter(rule -> start ? holdsStart(rule, row) : rule.before() == Step.LAUNCH)
                .map(rule -> GateState.of(rule, row, run.agreements().decisions(), now));
    }

    private boolean holdsStart(GateRule rule, LedgerRow row) {
        return rule.before() == Step.LAUNCH
                ? run.plan().holdsStarts()
                : !row.stage().isUnderWay();
    }

    /** Gates of the row whose approvers the runner has to ask. */
    List<GateRule> findUnasked(LedgerRow row) {
        boolean start = !row.stage().isUnderWay() || OccupiedPlaces.waitsForRestart(row);
        return states(row, start)
                .filter(state -> state.phase() == GateState.Phase.UNASKED)
                .map(GateState::rule)
                .toList();
    }

    /** End of the first approval that lets the row pass; empty when no gate holds it. */
    public Optional<Instant> validUntil(LedgerRow row, boolean start) {
        return states(row, start)
                .map(GateState::latest)
                .filter(Objects::nonNull)
                .map(decision -> decision.expiresAt())
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder());
    }

    /** Cause that ends the row unless an operator acts: a denied or expired gate, or the inventory. */
    Optional<String> findFinal(LedgerRow row) {
        boolean start = !row.stage().isUnderWay();
        if (isForbidden(row)) {
            return Optional.of(FORBIDDEN);
        }
        return Stream.concat(states(row, false), start ? states(row, true) : Stream.empty())
                .filter(GateState::isFinal)
                .findFirst()
                .map(state -> "gate " + state.describe(run.plan()));
    }

    /** Whether a denied or expired gate holds the start of the copy. */
    boolean isStartHeldForGood(LedgerRow row) {
        boolean forbidden = isForbidden(row) && run.plan().holdsStarts();
        return forbidden || states(row, true).anyMatch(GateState::isFinal);
    }

    /** Closed gate of the launch as a clause in the past tense; empty when there is none. */
    Optional<String> describeHold(LedgerRow row) {
        if (isForbidden(row)) {
            return Optional.of("ok_to_cutover was no in the inventory");
        }
        return states(row, false)
                .filter(state -> !state.isOpen())
                .findFirst()
                .map(state -> "gate " + state.describe(run.plan()));
    }

    /** Whether only an operator launches the row: no gate stands for the request of an operator. */
    private boolean waitsForOperator(LedgerRow row) {
        return run.plan().when() == LaunchMode.MANUAL
                && run.plan().hold() != null
                && !run.controls().released().contains(row.row())
                && states(row, false).findAny().isEmpty();
    }

    private Obstacle operator() {
        var until = run.agreements().holdUntil();
        var end = until == null
                ? "for %s after the last copy"
                        .formatted(CountFormats.of(
                                Objects.requireNonNull(run.plan().hold())))
                : "until " + run.plan().format(until);
        return Obstacle.of(Obstacle.Kind.GATE, "waits for the operator's launch (control launch), " + end)
                .until(until);
    }
}
