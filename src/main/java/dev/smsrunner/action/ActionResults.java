package dev.smsrunner.action;

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
 * What came of the operations whose result stands in the task itself and not in its states: the clone of {@code clone_test}, the
 * figures of {@code network_check} (ShowTask); pure.
 */
final class ActionResults {

    /** A service that shows no new result after this time shows none. */
    private static final Duration PATIENCE = DecisionPolicy.START_SHOWS;

    private static final Set<String> TELLING = Set.of("clone_test", "network_check");

    private ActionResults() {}

    /** Whether the task must be asked before the operation counts as done. */
    static boolean concern(ActionRule rule) {
        return TELLING.contains(rule.operation());
    }

    /**
     * What is to be done for a row whose states say that the operation is over.
     *
     * @param before what the task showed before the call
     * @param moved whether the row was seen at another point since the call
     */
    static Decision judge(
            ActionRule rule, LedgerRow row, MigrationTask told, PriorResult before, boolean moved, Instant now) {
        return rule.operation().equals("clone_test")
                ? clone(row, told.cloneServer(), before, moved, now)
                : network(row, told.networkCheckInfo(), before, now);
    }

    /** A service that tells no state of the clone is taken by the states of task and source alone. */
    private static Decision clone(
            LedgerRow row, @Nullable CloneServer clone, PriorResult before, boolean moved, Instant now) {
        boolean old = clone == null || before.has(clone);
        if (old && !moved) {
            return isPatient(row, now) ? new Decision.Look(row.stage(), "waiting for the clone") : failed(noClone());
        }
        if (clone == null || old && clone.isFinished()) {
            return done(null);
        }
        if (clone.isFailed()) {
            return failed(cloneFailure(clone));
        }
        return clone.isUnderWay()
                ? new Decision.Look(row.stage(), "the clone is " + clone.cloneState())
                : done(clone.isFinished() ? "clone " + words(clone.name(), clone.vmId()) : null);
    }

    private static boolean isPatient(LedgerRow row, Instant now) {
        return now.isBefore(Objects.requireNonNull(row.call()).at().plus(PATIENCE));
    }

    private static Failure noClone() {
        var text = "clone_test was accepted but without effect: the task shows no new clone";
        return new Failure(null, text, "OPERATOR", "Look at the task in the console, then rerun.", null);
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

    private static Decision network(LedgerRow row, @Nullable NetworkCheck check, PriorResult before, Instant now) {
        if (check == null || check.isEmpty() || before.has(check)) {
            return isPatient(row, now)
                    ? new Decision.Look(row.stage(), "waiting for the result of the network check")
                    : done("accepted; the service tells no new result");
        }
        if (check.isBroken()) {
            var text = "network_check: " + check.broken();
            return failed(new Failure(
                    null,
                    text,
                    "FIX_AND_RETRY",
                    "Open the network between source, service and target, then rerun.",
                    null));
        }
        return done("network: " + check.text());
    }

    private static Decision done(@Nullable String reason) {
        return new Decision.Close(Outcome.DONE, reason, null);
    }

    private static Decision failed(Failure failure) {
        return new Decision.Close(Outcome.FAILED, failure.text(), failure);
    }

    private static String words(@Nullable String name, @Nullable String id) {
        var named = filled(name);
        var identified = filled(id);
        return (named == null ? "" : named) + (identified == null ? "" : " (" + identified + ")");
    }

    private static @Nullable String filled(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
