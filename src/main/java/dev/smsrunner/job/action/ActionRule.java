package dev.smsrunner.job.action;

import static dev.smsrunner.job.action.ActionPhase.*;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Rule of one operation of UpdateTaskStatus: when it is sent, and when it is done. A phase in none of the sets before the
 * call means that the operation does not apply.
 *
 * @param sendPhases phases in which it is sent
 * @param waitPhases phases in which it is not sent yet: the phase is transient
 * @param reachedPhases phases in which the goal of the operation is already reached
 * @param donePhases phases after the call: done
 * @param failedPhases phases after the call: failed or without effect
 * @param evidencePhases phases that only this operation leads to, so they prove its execution
 * @param traceless whether it may end without an observation that shows it
 * @param doneWhenAccepted whether the accepted call is the only visible result
 * @param repeatable whether a second call does no harm
 * @param takesPlace whether it takes one of the places for concurrent migrations
 */
record ActionRule(
        String operation,
        Set<ActionPhase> sendPhases,
        Set<ActionPhase> waitPhases,
        Set<ActionPhase> reachedPhases,
        Set<ActionPhase> donePhases,
        Set<ActionPhase> failedPhases,
        Set<ActionPhase> evidencePhases,
        boolean traceless,
        boolean doneWhenAccepted,
        boolean repeatable,
        boolean takesPlace) {

    /** Every known phase of a task that is not about to vanish. */
    private static final Set<ActionPhase> ANYWHERE =
            EnumSet.complementOf(EnumSet.of(NO_TASK, UNKNOWN, UNAVAILABLE, DELETING, ROLLING_BACK));

    private static final Set<ActionPhase> RUNS = EnumSet.of(
            COPYING, WAYPOINT, SYNCED, CLONING, SKIPPING, DRILLING, DRILLED, DRILL_FAILED, LAUNCHING, FINISHED);

    /**
     * Rules by operation (UpdateTaskStatus, API reference 2025-02-13; SDK 3.1.212 for skip, clear and migration_test;
     * European page of 2025-09-16 for collect_log and sync_failed_rollback, which later pages leave out).
     */
    private static final Map<String, ActionRule> KNOWN = table(
            rule("start")
                    .sendIn(READY, PAUSED, FAILED, ROLLED_BACK)
                    .waitIn(PAUSING, ROLLING_BACK)
                    .reachedIn(COPYING, WAYPOINT, SYNCED, CLONING, SKIPPING, DRILLING, DRILLED, LAUNCHING)
                    .doneIn(RUNS)
                    .failedIn(FAILED, ROLLED_BACK)
                    .shownBy(RUNS)
                    .takesPlace(),
            rule("stop")
                    .sendIn(COPYING, SYNCED, DRILLED, DRILL_FAILED)
                    .waitIn(WAYPOINT, CLONING, SKIPPING, DRILLING, PAUSING)
                    .reachedIn(PAUSED)
                    .doneIn(EnumSet.of(PAUSED))
                    .failedIn(FAILED, ROLLED_BACK, FINISHED, CLEARED)
                    .shownBy(EnumSet.of(PAUSING, PAUSED)),
            rule("restart")
                    .sendIn(PAUSED, FAILED, ROLLED_BACK, FINISHED)
                    .waitIn(PAUSING, ROLLING_BACK)
                    .reachedIn(COPYING, WAYPOINT, SYNCED, CLONING, SKIPPING, DRILLING, DRILLED, LAUNCHING)
                    .doneIn(RUNS)
                    .failedIn(FAILED, ROLLED_BACK)
                    .shownBy(RUNS)
                    .takesPlace(),
            rule("test")
                    .sendIn(SYNCED, DRILLED, DRILL_FAILED)
                    .waitIn(WAYPOINT, CLONING, SKIPPING, DRILLING)
                    .reachedIn(LAUNCHING, FINISHED, CLEARING, CLEARED, CLEAR_FAILED)
                    .doneIn(EnumSet.of(FINISHED, CLEARING, CLEARED, CLEAR_FAILED))
                    .failedIn(FAILED, ROLLED_BACK, PAUSED)
                    .shownBy(EnumSet.of(LAUNCHING, FINISHED, CLEARING, CLEARED, CLEAR_FAILED)),
            rule("clone_test")
                    .sendIn(SYNCED)
                    .waitIn(WAYPOINT, SKIPPING, CLONING)
                    .doneIn(EnumSet.of(SYNCED, LAUNCHING, FINISHED))
                    .failedIn(FAILED, ROLLED_BACK, PAUSED)
                    .shownBy(EnumSet.of(CLONING))
                    .traceless(),
            rule("skip")
                    .sendIn(SYNCED)
                    .waitIn(WAYPOINT, CLONING)
                    .reachedIn(SKIPPING)
                    .doneIn(EnumSet.of(SYNCED, LAUNCHING, FINISHED))
                    .failedIn(FAILED, ROLLED_BACK, PAUSED)
                    .shownBy(EnumSet.of(SKIPPING))
                    .traceless(),
            rule("migration_test")
                    .sendIn(SYNCED, DRILL_FAILED)
                    .waitIn(WAYPOINT, CLONING, SKIPPING, DRILLING)
                    .reachedIn(DRILLED)
                    .doneIn(EnumSet.of(DRILLED, LAUNCHING, FINISHED))
                    .failedIn(DRILL_FAILED, FAILED, ROLLED_BACK, PAUSED)
                    .shownBy(EnumSet.of(DRILLING, DRILLED)),
            rule("clear")
                    .sendIn(FINISHED, CLEAR_FAILED)
                    .waitIn(CLEARING, LAUNCHING)
                    .reachedIn(CLEARED)
                    .doneIn(EnumSet.of(CLEARED))
                    .failedIn(CLEAR_FAILED, FAILED)
                    .shownBy(EnumSet.of(CLEARING, CLEARED)),
            rule("network_check")
                    .sendIn(ANYWHERE)
                    .doneIn(ANYWHERE)
                    .doneWhenAccepted()
                    .repeatable(),
            rule("collect_log")
                    .sendIn(ANYWHERE)
                    .doneIn(ANYWHERE)
                    .doneWhenAccepted()
                    .repeatable(),
            rule("sync_failed_rollback")
                    .sendIn(FAILED)
                    .waitIn(ROLLING_BACK)
                    .reachedIn(ROLLED_BACK)
                    .doneIn(EnumSet.of(ROLLED_BACK))
                    .failedIn(FAILED)
                    .shownBy(EnumSet.of(ROLLING_BACK, ROLLED_BACK)));

    /** Whether the operation is in the table. */
    static boolean isKnown(String operation) {
        return KNOWN.containsKey(operation);
    }

    /** Operations of the table. */
    static Set<String> knownOperations() {
        return KNOWN.keySet();
    }

    /** Rule of an operation. An unknown operation is sent once, in any phase, and is done when the service accepts it. */
    static ActionRule of(String operation) {
        var known = KNOWN.get(operation);
        return known != null
                ? known
                : rule(operation)
                        .sendIn(ANYWHERE)
                        .doneIn(ANYWHERE)
                        .doneWhenAccepted()
                        .build();
    }

    /** Meaning of a phase before the call. */
    BeforeCall beforeCall(ActionPhase phase) {
        if (sendPhases.contains(phase)) {
            return BeforeCall.SEND;
        }
        if (waitPhases.contains(phase) || phase == UNKNOWN) {
            return BeforeCall.WAIT;
        }
        return reachedPhases.contains(phase) ? BeforeCall.REACHED : BeforeCall.NOT_APPLICABLE;
    }

    /** Meaning of a phase after the call; {@code isUnmoved} if the phase is unchanged since before the call. */
    AfterCall afterCall(ActionPhase phase, boolean isUnmoved) {
        if (doneWhenAccepted) {
            return AfterCall.DONE;
        }
        if (isUnmoved && sendPhases.contains(phase)) {
            return AfterCall.WAIT;
        }
        if (donePhases.contains(phase)) {
            return AfterCall.DONE;
        }
        return failedPhases.contains(phase) ? AfterCall.FAILED : AfterCall.WAIT;
    }

    /** Whether the phase proves that a lost call was executed. A failure from before the call proves nothing. */
    boolean wasCarriedOut(ActionPhase phase, ActionPhase phaseBefore) {
        return failedPhases.contains(phase) && phase != phaseBefore
                || evidencePhases.contains(phase) && !sendPhases.contains(phase);
    }

    /** Whether the phase is transient, so that it proves nothing about a call with a lost answer. */
    boolean isPassing(ActionPhase phase) {
        return waitPhases.contains(phase);
    }

    /** Whether the phase cannot distinguish a finished operation from one that was never executed. */
    boolean isAmbiguousIn(ActionPhase phase) {
        return sendPhases.contains(phase) && donePhases.contains(phase);
    }

    /** Meaning of a phase before the call. */
    enum BeforeCall {
        SEND,
        WAIT,
        /** The goal is already reached. */
        REACHED,
        NOT_APPLICABLE
    }

    /** Meaning of a phase after the call. */
    enum AfterCall {
        WAIT,
        DONE,
        /** The operation failed or had no effect. */
        FAILED
    }

    private static Map<String, ActionRule> table(Builder... builders) {
        var table = new LinkedHashMap<String, ActionRule>();
        for (var builder : builders) {
            table.put(builder.operation, builder.build());
        }
        return table;
    }

    private static Builder rule(String operation) {
        return new Builder(operation);
    }

    /** Builder of one line of the table. */
    private static final class Builder {

        private final String operation;
        private Set<ActionPhase> sent = Set.of();
        private Set<ActionPhase> waits = Set.of();
        private Set<ActionPhase> reached = Set.of();
        private Set<ActionPhase> done = Set.of();
        private Set<ActionPhase> failed = Set.of();
        private Set<ActionPhase> shows = Set.of();
        private boolean traceless;
        private boolean accepted;
        private boolean repeatable;
        private boolean takesPlace;

        Builder(String operation) {
            this.operation = operation;
        }

        Builder sendIn(ActionPhase... phases) {
            return sendIn(Set.of(phases));
        }

        Builder sendIn(Set<ActionPhase> phases) {
            sent = phases;
            return this;
        }

        Builder waitIn(ActionPhase... phases) {
            waits = Set.of(phases);
            return this;
        }

        Builder reachedIn(ActionPhase... phases) {
            reached = Set.of(phases);
            return this;
        }

        Builder doneIn(Set<ActionPhase> phases) {
            done = phases;
            return this;
        }

        Builder failedIn(ActionPhase... phases) {
            failed = Set.of(phases);
            return this;
        }

        Builder shownBy(Set<ActionPhase> phases) {
            shows = phases;
            return this;
        }

        Builder traceless() {
            traceless = true;
            return this;
        }

        Builder doneWhenAccepted() {
            accepted = true;
            return this;
        }

        Builder repeatable() {
            repeatable = true;
            return this;
        }

        Builder takesPlace() {
            takesPlace = true;
            return this;
        }

        ActionRule build() {
            return new ActionRule(
                    operation, sent, waits, reached, done, failed, shows, traceless, accepted, repeatable, takesPlace);
        }
    }
}
