package dev.smsrunner.job.migrate.task;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.job.migrate.preflight.AutoLaunchCheck;
import dev.smsrunner.job.migrate.preflight.SourceFacts;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.StoredInventoryLine;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.TaskState;
import dev.smsrunner.target.RowTarget;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Builds the desired task of a row from the ledger. */
public final class TaskSpecFactory {

    private final Ledger ledger;
    private final Map<String, String> defaults;
    private final boolean launchByCall;
    private final AutoLaunchCheck launchCheck;
    private final Map<Integer, RowTarget> targets = new HashMap<>();

    /**
     * @param defaults of the job file, for empty cells
     * @param launchByCall whether the job or an operator launches the targets by a call
     * @param launchCheck check for tasks that must not be used
     */
    public TaskSpecFactory(
            Ledger ledger, Map<String, String> defaults, boolean launchByCall, AutoLaunchCheck launchCheck) {
        this.ledger = ledger;
        this.defaults = defaults;
        this.launchByCall = launchByCall;
        this.launchCheck = launchCheck;
    }

    /** Reason why the row must not use an existing task; empty when it may. */
    Optional<String> conflictOf(LedgerRow row, MigrationTask task) {
        boolean startedInOrder = !launchByCall && row.attempts() > 0;
        return Boolean.FALSE.equals(task.syncing()) && !startedInOrder
                ? launchCheck.conflictOf(inventoryRow(row), task)
                : Optional.empty();
    }

    /**
     * Warning about a task that is older than the run and may launch its target by itself, against the launch rules. Empty when
     * it does not matter.
     */
    Optional<String> launchWarning(LedgerRow row) {
        return launchCheck.launchWarning(
                inventoryRow(row), row.taskId(), TaskState.of(row.observed().taskState()));
    }

    /** Numbers of the rows of a run that request a comparison of source and target ({@code verify_consistency}). */
    Set<Integer> rowsToCompare(String runId) {
        return ledger.inventory(runId).stream()
                .filter(line -> Boolean.TRUE.equals(line.toRow(defaults).verifyConsistency()))
                .map(StoredInventoryLine::row)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Target of the row. Reads the inventory once, since every observation needs it. */
    RowTarget target(LedgerRow row) {
        if (!targets.containsKey(row.row())) {
            ledger.inventory(row.runId()).forEach(line -> targets.put(line.row(), RowTarget.of(line.toRow(defaults))));
        }
        return Objects.requireNonNull(targets.get(row.row()));
    }

    /** Desired task of a row that passed preflight. */
    TaskSpec of(LedgerRow row) {
        var facts = SourceFacts.fromJson(Objects.requireNonNull(ledger.findLayout(row.runId(), row.row())));
        return of(inventoryRow(row), Objects.requireNonNull(row.sourceId()), facts, launchByCall);
    }

    private InventoryRow inventoryRow(LedgerRow row) {
        return Objects.requireNonNull(
                        ledger.inventory(row.runId(), row.row(), row.row()).get(row.row()))
                .toRow(defaults);
    }

    /** Desired task of a row without the ledger, for a plan. */
    public static TaskSpec of(InventoryRow row, String sourceId, SourceFacts facts, boolean launchByCall) {
        return new TaskSpec(
                row, sourceId, facts.osType(), facts.layout(), launchByCall || Boolean.TRUE.equals(row.syncing()));
    }
}
