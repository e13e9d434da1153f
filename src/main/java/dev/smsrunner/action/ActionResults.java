package dev.smsrunner.action;

import dev.smsrunner.drive.Decision;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.Migration;
import dev.smsrunner.ledger.Outcome;
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

    /** A service that has told nothing after so long tells nothing. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Set<String> TELLING = Set.of("clone_test", "network_check");

    private ActionResults() {}

    /** Whether the task must be asked before the operation counts as done. */
    static boolean concern(ActionRule rule) {
        return TELLING.contains(rule.operation());
    }

    /** What is to be done for a row whose states say that the operation is over. */
    static Decision judge(ActionRule rule, Migration row, MigrationTask told, Instant now) {
        return rule.operation().equals("clone_test")
                ? clone(row, told.cloneServer())
                : network(row, told.networkCheckInfo(), now);
    }

    /** A service that tells no state of the clone is taken by the states of task and source alone. */
    private static Decision clone(Migration row, @Nullable CloneServer clone) {
        if (clone == null) {
            return done(null);
        }
        if (clone.isFailed()) {
            return failed(cloneFailure(clone));
        }
        return clone.isUnderWay()
                ? new Decision.Look(row.stage(), "the clone is " + clone.cloneState())
                : done(clone.isFinished() ? "clone " + words(clone.name(), clone.vmId()) : null);
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

    private static Decision network(Migration row, @Nullable NetworkCheck check, Instant now) {
        if (check == null || check.isEmpty()) {
            boolean patient =
                    now.isBefore(Objects.requireNonNull(row.call()).at().plus(PATIENCE));
            return patient
                    ? new Decision.Look(row.stage(), "waiting for the result of the network check")
                    : done("accepted; the service tells no result");
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
