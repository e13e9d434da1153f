package dev.smsrunner.action;

import static dev.smsrunner.action.ActionPhase.*;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * One operation of UpdateTaskStatus: when it is sent, and what shows that it is done. A point that is in none of the sets that
 * count before the call means that the operation does not apply.
 *
 * @param sentIn where it is sent
 * @param waitsIn where it is not sent yet: the point passes by itself, or is not known
 * @param reachedIn where nothing is to be done, since what it is for is so already
 * @param doneIn after the call: where it is done
 * @param failedIn after the call: where it failed, or came to nothing
 * @param shownBy points that nothing but the operation leads to: whoever sees one knows that it was carried out
 * @param traceless whether it may be over without a look that shows it
 * @param accepted whether the accepted call is all that there is to see
 * @param repeatable whether sending it twice does no harm
 * @param takesPlace whether it takes one of the places for concurrent migrations
 */
record ActionRule(
        String operation,
        Set<ActionPhase> sentIn,
        Set<ActionPhase> waitsIn,
        Set<ActionPhase> reachedIn,
        Set<ActionPhase> doneIn,
        Set<ActionPhase> failedIn,
        Set<ActionPhase> shownBy,
        boolean traceless,
        boolean accepted,
        boolean repeatable,
        boolean takesPlace) {

    /** Everything that is known and not about to vanish. */
    private static final Set<ActionPhase> ANYWHERE =
            EnumSet.complementOf(EnumSet.of(NO_TASK, UNKNOWN, UNAVAILABLE, DELETING, ROLLING_BACK));

    private static final Set<ActionPhase> RUNS = EnumSet.of(
            COPYING, WAYPOINT, SYNCED, CLONING, SKIPPING, DRILLING, DRILLED, DRILL_FAILED, LAUNCHING, FINISHED);

    /**
     * The table (UpdateTaskStatus, API reference 2025-02-13; SDK 3.1.212 for skip, clear and migration_test; European page of
     * 2025-09-16 for collect_log and sync_failed_rollback, which later pages leave out).
     */
    private static final Map<String, ActionRule> KNOWN = table(
            rule("start")
                    .sent(READY, PAUSED, FAILED, ROLLED_BACK)
                    .waits(PAUSING, ROLLING_BACK)
                    .reached(COPYING, WAYPOINT, SYNCED, CLONING, SKIPPING, DRILLING, DRILLED, LAUNCHING)
                    .done(RUNS)
                    .failed(FAILED, ROLLED_BACK)
                    .shows(RUNS)
                    .takesAPlace(),
            rule("stop")
                    .sent(COPYING, SYNCED, DRILLED, DRILL_FAILED)
                    .waits(WAYPOINT, CLONING, SKIPPING, DRILLING, PAUSING)
                    .reached(PAUSED)
                    .done(EnumSet.of(PAUSED))
                    .failed(FAILED, ROLLED_BACK, FINISHED, CLEARED)
                    .shows(EnumSet.of(PAUSING, PAUSED)),
            rule("restart")
                    .sent(PAUSED, FAILED, ROLLED_BACK, FINISHED)
                    .waits(PAUSING, ROLLING_BACK)
                    .reached(COPYING, WAYPOINT, SYNCED, CLONING, SKIPPING, DRILLING, DRILLED, LAUNCHING)
                    .done(RUNS)
                    .failed(FAILED, ROLLED_BACK)
                    .shows(RUNS)
                    .takesAPlace(),
            rule("test")
                    .sent(SYNCED, DRILLED, DRILL_FAILED)
                    .waits(WAYPOINT, CLONING, SKIPPING, DRILLING)
                    .reached(LAUNCHING, FINISHED, CLEARING, CLEARED, CLEAR_FAILED)
                    .done(EnumSet.of(FINISHED, CLEARING, CLEARED, CLEAR_FAILED))
                    .failed(FAILED, ROLLED_BACK, PAUSED)
                    .shows(EnumSet.of(LAUNCHING, FINISHED, CLEARING, CLEARED, CLEAR_FAILED)),
            rule("clone_test")
                    .sent(SYNCED)
                    .waits(WAYPOINT, SKIPPING, CLONING)
                    .done(EnumSet.of(SYNCED, LAUNCHING, FINISHED))
                    .failed(FAILED, ROLLED_BACK, PAUSED)
                    .shows(EnumSet.of(CLONING))
                    .mayLeaveNoTrace(),
            rule("skip")
                    .sent(SYNCED)
                    .waits(WAYPOINT, CLONING)
                    .reached(SKIPPING)
                    .done(EnumSet.of(SYNCED, LAUNCHING, FINISHED))
                    .failed(FAILED, ROLLED_BACK, PAUSED)
                    .shows(EnumSet.of(SKIPPING))
                    .mayLeaveNoTrace(),
            rule("migration_test")
                    .sent(SYNCED, DRILL_FAILED)
                    .waits(WAYPOINT, CLONING, SKIPPING, DRILLING)
                    .reached(DRILLED)
                    .done(EnumSet.of(DRILLED, LAUNCHING, FINISHED))
                    .failed(DRILL_FAILED, FAILED, ROLLED_BACK, PAUSED)
                    .shows(EnumSet.of(DRILLING, DRILLED)),
            rule("clear")
                    .sent(FINISHED, CLEAR_FAILED)
                    .waits(CLEARING, LAUNCHING)
                    .reached(CLEARED)
                    .done(EnumSet.of(CLEARED))
                    .failed(CLEAR_FAILED, FAILED)
                    .shows(EnumSet.of(CLEARING, CLEARED)),
            rule("network_check").sent(ANYWHERE).done(ANYWHERE).isAllThereIs().mayBeRepeated(),
            rule("collect_log").sent(ANYWHERE).done(ANYWHERE).isAllThereIs().mayBeRepeated(),
            rule("sync_failed_rollback")
                    .sent(FAILED)
                    .waits(ROLLING_BACK)
                    .reached(ROLLED_BACK)
                    .done(EnumSet.of(ROLLED_BACK))
                    .failed(FAILED)
                    .shows(EnumSet.of(ROLLING_BACK, ROLLED_BACK)));

    /** Whether the operation is in the table. */
    static boolean knows(String operation) {
        return KNOWN.containsKey(operation);
    }

    /** The operations of the table. */
    static Set<String> known() {
        return KNOWN.keySet();
    }

    /** The rule of an operation; one that is not in the table is sent once, anywhere, and done when it is accepted. */
    static ActionRule of(String operation) {
        var known = KNOWN.get(operation);
        return known != null
                ? known
                : rule(operation).sent(ANYWHERE).done(ANYWHERE).isAllThereIs().build();
    }

    /** What the point means before the call. */
    Before before(ActionPhase point) {
        if (sentIn.contains(point)) {
            return Before.SEND;
        }
        if (waitsIn.contains(point) || point == UNKNOWN) {
            return Before.WAIT;
        }
        return reachedIn.contains(point) ? Before.REACHED : Before.NOT_APPLICABLE;
    }

    /**
     * What the point means after the call.
     *
     * @param unmoved whether the row was seen at no other point since the call: the point is the one from before it
     */
    After after(ActionPhase point, boolean unmoved) {
        if (accepted) {
            return After.DONE;
        }
        if (unmoved && sentIn.contains(point)) {
            return After.WAIT;
        }
        if (doneIn.contains(point)) {
            return After.DONE;
        }
        return failedIn.contains(point) ? After.FAILED : After.WAIT;
    }

    /**
     * Whether the point shows that a call was carried out whose answer was lost. A failure that was there before tells nothing.
     *
     * @param earlier where it was seen before the call
     */
    boolean wasCarriedOut(ActionPhase point, ActionPhase earlier) {
        return failedIn.contains(point) && point != earlier || shownBy.contains(point) && !sentIn.contains(point);
    }

    /** Whether the point passes by itself, so that it tells nothing of a call whose answer was lost. */
    boolean passes(ActionPhase point) {
        return waitsIn.contains(point);
    }

    /** Whether a look at the point cannot tell an operation that is over from one that was never carried out. */
    boolean ambiguousAt(ActionPhase point) {
        return sentIn.contains(point) && doneIn.contains(point);
    }

    /** What a point means before the call. */
    enum Before {
        /** The operation is sent. */
        SEND,
        /** Not yet. */
        WAIT,
        /** It is so already. */
        REACHED,
        /** It makes no sense there. */
        NOT_APPLICABLE
    }

    /** What a point means after the call. */
    enum After {
        /** It goes on. */
        WAIT,
        /** It is done. */
        DONE,
        /** It failed, or came to nothing. */
        FAILED
    }

    private static Map<String, ActionRule> table(Draft... drafts) {
        var table = new LinkedHashMap<String, ActionRule>();
        for (var draft : drafts) {
            table.put(draft.operation, draft.build());
        }
        return table;
    }

    private static Draft rule(String operation) {
        return new Draft(operation);
    }

    /** A line of the table while it is written. */
    private static final class Draft {

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

        Draft(String operation) {
            this.operation = operation;
        }

        Draft sent(ActionPhase... points) {
            return sent(Set.of(points));
        }

        Draft sent(Set<ActionPhase> points) {
            sent = points;
            return this;
        }

        Draft waits(ActionPhase... points) {
            waits = Set.of(points);
            return this;
        }

        Draft reached(ActionPhase... points) {
            reached = Set.of(points);
            return this;
        }

        Draft done(Set<ActionPhase> points) {
            done = points;
            return this;
        }

        Draft failed(ActionPhase... points) {
            failed = Set.of(points);
            return this;
        }

        Draft shows(Set<ActionPhase> points) {
            shows = points;
            return this;
        }

        Draft mayLeaveNoTrace() {
            traceless = true;
            return this;
        }

        Draft isAllThereIs() {
            accepted = true;
            return this;
        }

        Draft mayBeRepeated() {
            repeatable = true;
            return this;
        }

        Draft takesAPlace() {
            takesPlace = true;
            return this;
        }

        ActionRule build() {
            return new ActionRule(
                    operation, sent, waits, reached, done, failed, shows, traceless, accepted, repeatable, takesPlace);
        }
    }
}
