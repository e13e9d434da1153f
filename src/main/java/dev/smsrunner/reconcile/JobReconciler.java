package dev.smsrunner.reconcile;

import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Consistency;
import dev.smsrunner.ledger.LedgerRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is particular to one job: what it looks at, how it reads a lost answer, what it decides and what it sends. All else, the
 * ledger, the intents, the budget, the halt and the waiting, is the same for every job.
 *
 * @param <O> what is seen of a row
 */
public interface JobReconciler<O extends ObservedResource> {

    /** The rows that it works on; called once, before anything else. */
    default void attach(RowCache board) {}

    /**
     * What is to be looked at once, before the first round.
     *
     * @throws dev.smsrunner.cloud.ApiException when the service could not be looked at; it is tried again
     */
    default void begin(PassActions turn) {}

    /**
     * Looks at everything that concerns the open rows, in as few calls as the service allows.
     *
     * @return what was seen of each of the rows
     * @throws dev.smsrunner.cloud.ApiException when the service could not be looked at
     */
    Function<LedgerRow, O> look(List<LedgerRow> open, Instant now);

    /** What is known of the row's latest call now; as before when the look does not tell. */
    CallState settlement(LedgerRow row, O seen);

    /**
     * What is known of the comparison of source and target of the row now; null when the row does not ask for one. A comparison
     * that cannot be read is no reason to fail.
     */
    default @Nullable Consistency compared(LedgerRow row, O seen, Instant now) {
        return row.consistency();
    }

    /**
     * What is to be done for the row.
     *
     * @throws dev.smsrunner.cloud.ApiException when it had to ask about the one row, and got no answer
     */
    Decision decide(LedgerRow row, O seen, Instant now);

    /**
     * The decision with what is to be told of it, once all rows are decided: the other rows are as the look showed them.
     *
     * @param row as it was before the decision
     */
    default Decision explained(LedgerRow row, Decision decision) {
        return decision;
    }

    /** The decision to look again at a row that could not be looked at closely; not for ever, where a course knows an end. */
    default Decision waitFor(LedgerRow row, Decision.Look look, O seen, Instant now) {
        return look;
    }

    /** How often a failed row is started again. */
    default int restarts() {
        return 0;
    }

    /**
     * Why the target of that row may not be launched by hand; empty when it may, in its turn.
     *
     * @param forced whether the order of launches does not count
     */
    default Optional<String> launchRefusal(LedgerRow row, boolean forced, Instant now) {
        return Optional.of("this job launches nothing");
    }

    /**
     * Who forces the launch of that row and what it overrides, for people; empty when nothing speaks against the launch.
     *
     * @param by who forces it
     */
    default Optional<String> overridden(LedgerRow row, String by) {
        return Optional.empty();
    }

    /** What holds the launch of that row although its turn has come, or a person has forced it; empty when nothing. */
    default Optional<String> launchLimit(LedgerRow row, Instant now) {
        return Optional.empty();
    }

    /** An operator wants that row to be tried again: what the course remembers of its calls does not count any more. */
    default void retried(int row) {}

    /**
     * The rows that are opened again together with some rows, since they ended only because of them.
     *
     * @param changed these rows as they continue: retried, skipped, or being launched
     */
    default List<LedgerRow> freedBy(List<LedgerRow> changed, Instant now) {
        return List.of();
    }

    /** When the next row may be started or launched though nothing changes; empty when no such time is known. */
    default Optional<Instant> nextDue(Instant now) {
        return Optional.empty();
    }

    /**
     * Does what the decisions ask for, within what fits into this turn.
     *
     * @return whether more is to be done at once: calls that did not fit
     */
    boolean act(List<PendingAction> wishes, PassActions turn);
}
