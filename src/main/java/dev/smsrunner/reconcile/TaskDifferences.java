package dev.smsrunner.reconcile;

import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.target.TargetComparison;
import dev.smsrunner.target.TargetDifference;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Function;

/** Reports a task that is used as it is, though it differs from its row in template, type, network or address. */
final class TaskDifferences {

    private final Function<LedgerRow, Optional<TargetDifference>> address;

    /**
     * Tells what the list of sources shows; that has no address.
     *
     * @param address the difference of the address, asked when a row has ended well
     */
    TaskDifferences(Function<LedgerRow, Optional<TargetDifference>> address) {
        this.address = address;
    }

    /** The decision with the differences, as an attention while nothing else is to be seen, and in the reason of the end. */
    Decision told(Decision decision, LedgerRow row, Observation observed) {
        if (decision instanceof Decision.Look look) {
            var form = observed.target().form();
            boolean tells = look.attention() == null && look.stage().underWay() && !form.isEmpty();
            return tells ? new Decision.Look(look.stage(), TargetComparison.usedAsItIs(row.taskId(), form)) : decision;
        }
        return decision instanceof Decision.Close close ? ended(close, row, observed) : decision;
    }

    private Decision ended(Decision.Close close, LedgerRow row, Observation observed) {
        if (close.reason() != null || !close.outcome().success()) {
            return close;
        }
        var form = new ArrayList<>(observed.target().form());
        address.apply(row).ifPresent(form::add);
        return form.isEmpty()
                ? close
                : new Decision.Close(close.outcome(), TargetComparison.usedAsItIs(row.taskId(), form), close.failure());
    }
}
