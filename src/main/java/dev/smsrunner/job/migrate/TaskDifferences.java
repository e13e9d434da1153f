package dev.smsrunner.job.migrate;

import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.reconcile.Decision;
import dev.smsrunner.reconcile.Observation;
import dev.smsrunner.target.TargetComparison;
import dev.smsrunner.target.TargetDifference;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reports a task that is used as it is, although it differs from its row in template, type, network or address.
 *
 * @param address difference of the address, queried when a row has ended successfully
 */
record TaskDifferences(Function<LedgerRow, Optional<TargetDifference>> address) {

    /** Adds the differences to the decision: as its attention when there is no other, and to the reason of the end. */
    Decision report(Decision decision, LedgerRow row, Observation observed) {
        if (decision instanceof Decision.Wait wait) {
            var differences = observed.target().form();
            boolean reports = wait.attention() == null && wait.stage().isUnderWay() && !differences.isEmpty();
            return reports
                    ? new Decision.Wait(wait.stage(), TargetComparison.formWarning(row.taskId(), differences))
                    : decision;
        }
        return decision instanceof Decision.Finish finish ? reportAtEnd(finish, row, observed) : decision;
    }

    private Decision reportAtEnd(Decision.Finish finish, LedgerRow row, Observation observed) {
        if (finish.reason() != null || !finish.outcome().isSuccess()) {
            return finish;
        }
        var differences = new ArrayList<>(observed.target().form());
        address.apply(row).ifPresent(differences::add);
        return differences.isEmpty()
                ? finish
                : new Decision.Finish(
                        finish.outcome(), TargetComparison.formWarning(row.taskId(), differences), finish.failure());
    }
}
