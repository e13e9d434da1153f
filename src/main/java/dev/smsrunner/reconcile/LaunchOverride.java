package dev.smsrunner.reconcile;

import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.cutover.LaunchDecider;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the launches that people force override: what the order says against them, and files that differ. */
final class LaunchOverride {

    private final RowCache board;
    private final CutoverPlan plan;
    private final DecisionPolicy policy;

    LaunchOverride(RowCache board, CutoverPlan plan, DecisionPolicy policy) {
        this.board = board;
        this.plan = plan;
        this.policy = policy;
    }

    /**
     * Who forces the launch of the row and what it overrides now, for people; empty when nothing speaks against it.
     *
     * @param by who forces it
     */
    Optional<String> of(LedgerRow row, String by) {
        var order = LaunchDecider.describeHold(row, board.snapshot(plan));
        var difference = ConsistencyRule.holds(row, policy)
                ? Optional.of(row.consistency().sentence())
                : Optional.<String>empty();
        var both = Stream.of(order, difference).flatMap(Optional::stream).collect(Collectors.joining("; "));
        return both.isEmpty() ? Optional.empty() : Optional.of("launched by force by %s: %s".formatted(by, both));
    }

    /**
     * What is to be told anew of launches that are about to be sent: since they were forced, what held them may have gone or
     * changed.
     */
    List<LedgerWrite> changed(List<LedgerRow> launches) {
        var entries = new ArrayList<LedgerWrite>();
        for (var row : launches) {
            var by = board.steering().forcedBy().get(row.row());
            if (by != null) {
                change(row, of(row, by).orElse(null)).ifPresent(entries::add);
            }
        }
        return entries;
    }

    private Optional<LedgerWrite> change(LedgerRow row, @Nullable String now) {
        var told = board.steering().overridden().get(row.row());
        if (Objects.equals(told, now)) {
            return Optional.empty();
        }
        board.steer(board.steering().withOverridden(row.row(), now));
        var event = now == null ? EventDraft.ofForcedLaunchInTurn(row) : EventDraft.ofForcedLaunch(row, now);
        return Optional.of(LedgerWrite.of(row, List.of(event)));
    }
}
