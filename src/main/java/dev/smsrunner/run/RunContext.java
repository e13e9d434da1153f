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
 * What the steps of one run work with.
 *
 * @param job its name in the repository of Spring Batch: the word of the job file
 * @param inventory reads the rows of the inventory from its beginning, for each execution anew
 * @param defaults of the job file
 * @param tasks null in jobs that create none
 * @param drive built when the drive begins, from the ledger as it is then
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
        StopSignal halt,
        boolean strict,
        RunListener listener,
        Clock clock) {

    /**
     * Only before the first change: with a changed inventory the rows are looked at again, and a run that has work under way is
     * not ended by a row that was rejected since.
     *
     * @throws RowsRejectedException when the run is strict and preflight rejected rows
     */
    void refuseRejectedRows() {
        if (!strict || !ledger.intents(owner.runId()).isEmpty()) {
            return;
        }
        var rejected = ledger.all(owner.runId()).stream()
                .filter(row -> row.outcome() == Outcome.REJECTED)
                .toList();
        if (!rejected.isEmpty()) {
            var first = rejected.get(0);
            throw new RowsRejectedException(rejected.size(), first.label() + ": " + first.reason());
        }
    }
}
