package dev.smsrunner.batch;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.ledger.Run;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Inputs of the batch job of one run.
 *
 * @param job effective job file
 * @param inventory reader of the rows; each step execution opens it again
 * @param strict whether one rejected row ends the run
 */
public record RunInput(Run run, JobFile job, ItemStreamReader<InventoryRow> inventory, boolean strict) {}
