package dev.smsrunner.job.action;

import static dev.smsrunner.job.action.ActionPhase.*;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

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
@RecordBuilder
@RecordBuilder.Options(useImmutableCollections = true) // no phases by default
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
                    .sendPhases(Set.of(READY, PAUSED, FAILED, ROLLED_BACK))
                    .waitPhases(Set.of(PAUSING, ROLLING_BACK))
                    .reachedPhases(Set.of(COPYING, WAYPOINT, SYNCED, CLONING, SKIPPING, DRILLING, DRILLED, LAUNCHING))
                    .donePhases(RUNS)
                    .failedPhases(Set.of(FAILED, ROLLED_BACK))
                    .evidencePhases(RUNS)
                    .takesPlace(true),
            rule("stop")
                    .sendPhases(Set.of(COPYING, SYNCED, DRILLED, DRILL_FAILED))
                    .waitPhases(Set.of(WAYPOINT, CLONING, SKIPPING, DRILLING, PAUSING))
                    .reachedPhases(Set.of(PAUSED))
                    .donePhases(Set.of(PAUSED))
                    .failedPhases(Set.of(FAILED, ROLLED_BACK, FINISHED, CLEARED))
                    .evidencePhases(Set.of(PAUSING, PAUSED)),
            rule("restart")
                    .sendPhases(Set.of(PAUSED, FAILED, ROLLED_BACK, FINISHED))
                    .waitPhases(Set.of(PAUSING, ROLLING_BACK))
                    .reachedPhases(Set.of(COPYING, WAYPOINT, SYNCED, CLONING, SKIPPING, DRILLING, DRILLED, LAUNCHING))
                    .donePhases(RUNS)
                    .failedPhases(Set.of(FAILED, ROLLED_BACK))
                    .evidencePhases(RUNS)
                    .takesPlace(true),
            rule("test")
                    .sendPhases(Set.of(SYNCED, DRILLED, DRILL_FAILED))
                    .waitPhases(Set.of(WAYPOINT, CLONING, SKIPPING, DRILLING))
                    .reachedPhases(Set.of(LAUNCHING, FINISHED, CLEARING, CLEARED, CLEAR_FAILED))
                    .donePhases(Set.of(FINISHED, CLEARING, CLEARED, CLEAR_FAILED))
                    .failedPhases(Set.of(FAILED, ROLLED_BACK, PAUSED))
                    .evidencePhases(Set.of(LAUNCHING, FINISHED, CLEARING, CLEARED, CLEAR_FAILED)),
            rule("clone_test")
                    .sendPhases(Set.of(SYNCED))
                    .waitPhases(Set.of(WAYPOINT, SKIPPING, CLONING))
                    .donePhases(Set.of(SYNCED, LAUNCHING, FINISHED))
                    .failedPhases(Set.of(FAILED, ROLLED_BACK, PAUSED))
                    .evidencePhases(Set.of(CLONING))
                    .traceless(true),
            rule("skip")
                    .sendPhases(Set.of(SYNCED))
                    .waitPhases(Set.of(WAYPOINT, CLONING))
                    .reachedPhases(Set.of(SKIPPING))
                    .donePhases(Set.of(SYNCED, LAUNCHING, FINISHED))
                    .failedPhases(Set.of(FAILED, ROLLED_BACK, PAUSED))
                    .evidencePhases(Set.of(SKIPPING))
                    .traceless(true),
            rule("migration_test")
                    .sendPhases(Set.of(SYNCED, DRILL_FAILED))
                    .waitPhases(Set.of(WAYPOINT, CLONING, SKIPPING, DRILLING))
                    .reachedPhases(Set.of(DRILLED))
                    .donePhases(Set.of(DRILLED, LAUNCHING, FINISHED))
                    .failedPhases(Set.of(DRILL_FAILED, FAILED, ROLLED_BACK, PAUSED))
                    .evidencePhases(Set.of(DRILLING, DRILLED)),
            rule("clear")
                    .sendPhases(Set.of(FINISHED, CLEAR_FAILED))
                    .waitPhases(Set.of(CLEARING, LAUNCHING))
                    .reachedPhases(Set.of(CLEARED))
                    .donePhases(Set.of(CLEARED))
                    .failedPhases(Set.of(CLEAR_FAILED, FAILED))
                    .evidencePhases(Set.of(CLEARING, CLEARED)),
            rule("network_check")
                    .sendPhases(ANYWHERE)
                    .donePhases(ANYWHERE)
                    .doneWhenAccepted(true)
                    .repeatable(true),
            rule("collect_log")
                    .sendPhases(ANYWHERE)
                    .donePhases(ANYWHERE)
                    .doneWhenAccepted(true)
                    .repeatable(true),
            rule("sync_failed_rollback")
                    .sendPhases(Set.of(FAILED))
                    .waitPhases(Set.of(ROLLING_BACK))
                    .reachedPhases(Set.of(ROLLED_BACK))
                    .donePhases(Set.of(ROLLED_BACK))
                    .failedPhases(Set.of(FAILED))
                    .evidencePhases(Set.of(ROLLING_BACK, ROLLED_BACK)));

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
                        .sendPhases(ANYWHERE)
                        .donePhases(ANYWHERE)
                        .doneWhenAccepted(true)
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

    private static Map<String, ActionRule> table(ActionRuleBuilder... rules) {
        var table = new LinkedHashMap<String, ActionRule>();
        Stream.of(rules).map(ActionRuleBuilder::build).forEach(rule -> table.put(rule.operation(), rule));
        return table;
    }

    private static ActionRuleBuilder rule(String operation) {
        return ActionRuleBuilder.builder().operation(operation);
    }
}
