package dev.smsrunner.job;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.ledger.SourceHistory;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Inputs of the preflight of a job.
 *
 * @param inventory passes each row of the inventory to its argument, in inventory order
 * @param history reads what all runs of the database did
 */
public record PreflightContext(
        JobFile job,
        CloudApis cloud,
        Consumer<Consumer<InventoryRow>> inventory,
        Supplier<SourceHistory> history,
        Clock clock) {

    /** Base directory of relative paths in the job file and the inventory. */
    public Path directory() {
        return directoryOf(job);
    }

    /** Base directory of relative paths in the job file and its inventory. */
    public static Path directoryOf(JobFile job) {
        return Objects.requireNonNull(job.file().toAbsolutePath().getParent());
    }
}
