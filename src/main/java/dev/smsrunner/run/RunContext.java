package dev.smsrunner.run;

import dev.smsrunner.intent.StopSignal;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.preflight.PreflightStage;
import dev.smsrunner.reconcile.ReconcileLoop;
import dev.smsrunner.task.TaskProvisioner;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Shared components of the steps of one run.
 *
 * @param job name of the Batch job: the value of {@code job} in the job file
 * @param inventory creates a reader of the inventory for each execution
 * @param defaults default cells of the job file
 * @param tasks null in jobs that create no tasks
 * @param drive creates the reconcile loop from the ledger at the start of the drive step
 * @param strict whether one rejected row ends the run
 */
record RunContext(
        String job,
        FencedRun owner,
        Ledger ledger,
        Supplier<ItemStreamReader<InventoryRow>> inventory,
        Map<String, String> defaults,
        PreflightStage preflight,
        @Nullable TaskProvisioner tasks,
        Supplier<ReconcileLoop> drive,
        StopSignal stopSignal,
        boolean strict,
        RunListener listener,
        Clock clock) {

    /**
     * Ends a strict run with rejected rows. Applies only before the first change in the cloud: a run with work under way
     * continues even if preflight rejects a row after an inventory change.
     *
     * @throws RowsRejectedException when the run is strict and preflight rejected rows
     */
    void refuseRejectedRows() {
        if (!strict || !ledger.intents(owner.runId()).isEmpty()) {
            return;
        }
        var rejected = ledger.findAll(owner.runId()).stream()
                .filter(row -> row.outcome() == Outcome.REJECTED)
                .toList();
        if (!rejected.isEmpty()) {
            var first = rejected.get(0);
            throw new RowsRejectedException(rejected.size(), first.label() + ": " + first.reason());
        }
    }
}
