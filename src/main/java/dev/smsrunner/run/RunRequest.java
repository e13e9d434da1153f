package dev.smsrunner.run;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.run.lease.RunLease;
import java.util.function.Supplier;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Request to execute a run under its lease.
 *
 * @param job effective job file
 * @param inventory creates a reader of the inventory for each execution
 * @param strict whether one rejected row ends the run
 */
record RunRequest(
        RunLease lease, Run run, JobFile job, Supplier<ItemStreamReader<InventoryRow>> inventory, boolean strict) {}
