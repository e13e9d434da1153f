package dev.smsrunner.job.action;

import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.reconcile.Decision;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.sms.CloneServer;
import dev.smsrunner.sms.ErrorCatalogue;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.NetworkCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Results of operations that the task itself shows, not its states: the clone of {@code clone_test}, the figures of
 * {@code network_check} (ShowTask); pure.
 */
final class ActionResults {

    /** Time after which no new result is expected. */
    private static final Duration RESULT_VISIBLE_AFTER = DecisionPolicy.START_VISIBLE_AFTER;

    private static final Set<String> OPERATIONS_WITH_RESULT = Set.of("clone_test", "network_check");

    private ActionResults() {}

    /** Whether the operation counts as done only with a result from the task. */
    static boolean isNeeded(ActionRule rule) {
        return OPERATIONS_WITH_RESULT.contains(rule.operation());
    }

    /**
     * Decision for a row whose states show that the operation is over.
     *
     * @param before results that the task showed before the call
     * @param hasMoved whether the row was observed in another phase since the call
     */
    static Decision judge(
            ActionRule rule, LedgerRow row, MigrationTask shown, PriorResult before, boolean hasMoved, Instant now) {
        return rule.operation().equals("clone_test")
                ? decideClone(row, shown.cloneServer(), before, hasMoved, now)
                : decideNetwork(row, shown.networkCheckInfo(), before, now);
    }

    /** Where the service shows no state of the clone, the states of task and source decide. */
    private static Decision decideClone(
            LedgerRow row, @Nullable CloneServer clone, PriorResult before, boolean hasMoved, Instant now) {
        boolean old = clone == null || before.has(clone);
        if (old && !hasMoved) {
            return mayStillAppear(row, now)
                    ? new Decision.Wait(row.stage(), "waiting for the clone")
                    : Decision.Finish.failed(noClone());
        }
        if (clone == null || old && clone.isFinished()) {
            return finishDone(null);
        }
        if (clone.isFailed()) {
            return Decision.Finish.failed(cloneFailure(clone));
        }
        return clone.isUnderWay()
                ? new Decision.Wait(row.stage(), "the clone is " + clone.cloneState())
                : finishDone(clone.isFinished() ? "clone " + format(clone.name(), clone.vmId()) : null);
    }

    private static boolean mayStillAppear(LedgerRow row, Instant now) {
        return now.isBefore(Objects.requireNonNull(row.call()).at().plus(RESULT_VISIBLE_AFTER));
    }

    private static Failure noClone() {
        var text = "clone_test was accepted but without effect: the task shows no new clone";
        return Failure.of(text, "OPERATOR", "Check the task in the console, then rerun.");
    }

    private static Failure cloneFailure(CloneServer clone) {
        var code = filled(clone.cloneError());
        var known = ErrorCatalogue.explain(code, 0);
        var text = "clone_test failed%s: %s"
                .formatted(
                        code == null ? "" : " with " + code,
                        Objects.requireNonNullElse(filled(clone.errorMsg()), known.meaning()));
        return new Failure(code, text, known.errorClass().name(), known.action(), null);
    }

    private static Decision decideNetwork(
            LedgerRow row, @Nullable NetworkCheck check, PriorResult before, Instant now) {
        if (check == null || check.isEmpty() || before.has(check)) {
            return mayStillAppear(row, now)
                    ? new Decision.Wait(row.stage(), "waiting for the result of the network check")
                    : finishDone("accepted; the service shows no new result");
        }
        if (check.isBroken()) {
            var text = "network_check: " + check.failureText();
            return Decision.Finish.failed(Failure.of(
                    text, "FIX_AND_RETRY", "Open the network between source, service and target, then rerun."));
        }
        return finishDone("network: " + check.text());
    }

    private static Decision finishDone(@Nullable String reason) {
        return new Decision.Finish(Outcome.DONE, reason, null);
    }

    private static String format(@Nullable String name, @Nullable String id) {
        var named = filled(name);
        var identified = filled(id);
        return (named == null ? "" : named) + (identified == null ? "" : " (" + identified + ")");
    }

    private static @Nullable String filled(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
