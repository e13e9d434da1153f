package dev.smsrunner.task;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.StoredInventoryLine;
import dev.smsrunner.preflight.AutoLaunchCheck;
import dev.smsrunner.preflight.SourceFacts;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.TaskState;
import dev.smsrunner.target.RowTarget;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Builds from the ledger what a row wants its task to be. */
public final class TaskSpecFactory {

    private final Ledger ledger;
    private final Map<String, String> defaults;
    private final boolean launchByHand;
    private final AutoLaunchCheck rule;
    private final Map<Integer, RowTarget> targets = new HashMap<>();

    /**
     * @param defaults of the job file, for empty cells
     * @param launchByHand whether the job launches the targets by a call, or leaves that to a person
     * @param rule which tasks must not be used
     */
    public TaskSpecFactory(Ledger ledger, Map<String, String> defaults, boolean launchByHand, AutoLaunchCheck rule) {
        this.ledger = ledger;
        this.defaults = defaults;
        this.launchByHand = launchByHand;
        this.rule = rule;
    }

    /** Why a task that is there already must not be used for the row; empty when it may. */
    Optional<String> against(LedgerRow row, MigrationTask task) {
        boolean startedInOrder = !launchByHand && row.attempts() > 0;
        return Boolean.FALSE.equals(task.syncing()) && !startedInOrder
                ? rule.against(wanted(row), task)
                : Optional.empty();
    }

    /**
     * What the operator must know of a task that was there before the run and may launch its target by itself, against what the
     * launch of the row waits for now; empty when it does not matter.
     */
    Optional<String> unshown(LedgerRow row) {
        return rule.unshown(wanted(row), row.taskId(), TaskState.of(row.seen().taskState()));
    }

    /** Numbers of the rows of a run that ask for a comparison of source and target ({@code verify_consistency}). */
    Set<Integer> comparing(String runId) {
        return ledger.inventory(runId).stream()
                .filter(line ->
                        Boolean.TRUE.equals(InventoryRow.restore(line.row(), line.line(), line.cells(), defaults)
                                .verifyConsistency()))
                .map(StoredInventoryLine::row)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The target that the row demands, which is asked for at every look: the inventory is read once. */
    RowTarget target(LedgerRow row) {
        if (!targets.containsKey(row.row())) {
            ledger.inventory(row.runId())
                    .forEach(line -> targets.put(
                            line.row(),
                            RowTarget.of(InventoryRow.restore(line.row(), line.line(), line.cells(), defaults))));
        }
        return Objects.requireNonNull(targets.get(row.row()));
    }

    /** What the row wants; it must have passed preflight. */
    TaskSpec of(LedgerRow row) {
        var facts = SourceFacts.fromJson(Objects.requireNonNull(ledger.layout(row.runId(), row.row())));
        return of(wanted(row), Objects.requireNonNull(row.sourceId()), facts, launchByHand);
    }

    private InventoryRow wanted(LedgerRow row) {
        var line = Objects.requireNonNull(
                ledger.inventory(row.runId(), row.row(), row.row()).get(row.row()));
        return InventoryRow.restore(row.row(), row.line(), line.cells(), defaults);
    }

    /** What a row wants of a source, without the ledger: for a plan. */
    public static TaskSpec of(InventoryRow row, String sourceId, SourceFacts facts, boolean launchByHand) {
        return new TaskSpec(
                row, sourceId, facts.osType(), facts.layout(), launchByHand || Boolean.TRUE.equals(row.syncing()));
    }
}
