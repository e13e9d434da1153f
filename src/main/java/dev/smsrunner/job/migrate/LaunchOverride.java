package dev.smsrunner.job.migrate;

import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.cutover.LaunchDecider;
import dev.smsrunner.ledger.Consistency;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.reconcile.ConsistencyRule;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.RowCache;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Obstacles that forced launches override: the launch order, and files that differ. */
record LaunchOverride(RowCache rowCache, CutoverPlan plan, DecisionPolicy policy) {

    /**
     * Operator and overridden obstacles of a forced launch; empty when nothing blocks the launch.
     *
     * @param by operator who forces it
     */
    Optional<String> of(LedgerRow row, String by) {
        var order = LaunchDecider.describeHold(row, rowCache.snapshot(plan));
        var difference = ConsistencyRule.differenceHoldingLaunch(row, policy).map(Consistency::sentence);
        var both = Stream.of(order, difference).flatMap(Optional::stream).collect(Collectors.joining("; "));
        return both.isEmpty() ? Optional.empty() : Optional.of("launched by force by %s: %s".formatted(by, both));
    }

    /** Changes of the overridden obstacles of launches that are about to be sent: some may have gone since the request. */
    List<LedgerWrite> changes(List<LedgerRow> launches) {
        var writes = new ArrayList<LedgerWrite>();
        for (var row : launches) {
            var by = rowCache.controls().forcedBy().get(row.row());
            if (by != null) {
                change(row, of(row, by).orElse(null)).ifPresent(writes::add);
            }
        }
        return writes;
    }

    private Optional<LedgerWrite> change(LedgerRow row, @Nullable String current) {
        var reported = rowCache.controls().overridden().get(row.row());
        if (Objects.equals(reported, current)) {
            return Optional.empty();
        }
        rowCache.setControls(rowCache.controls().withOverridden(row.row(), current));
        var event = current == null ? EventDraft.ofForcedLaunchInTurn(row) : EventDraft.ofForcedLaunch(row, current);
        return Optional.of(LedgerWrite.of(row, List.of(event)));
    }
}
