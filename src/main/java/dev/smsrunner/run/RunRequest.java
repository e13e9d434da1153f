package dev.smsrunner.run;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.ledger.Run;
import java.util.function.Supplier;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * A run to be worked on, under its lease.
 *
 * @param job the job file as it holds from now on
 * @param inventory reads the rows from the first, for each execution anew
 * @param strict whether one rejected row ends the run
 */
record RunRequest(
        RunLease lease, Run run, JobFile job, Supplier<ItemStreamReader<InventoryRow>> inventory, boolean strict) {}
