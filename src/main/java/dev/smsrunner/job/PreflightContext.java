package dev.smsrunner.job;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.jobfile.JobFile;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Inputs of the preflight of a job.
 *
 * @param inventory passes each row of the inventory to its argument, in inventory order
 */
public record PreflightContext(JobFile job, CloudApis cloud, Consumer<Consumer<InventoryRow>> inventory, Clock clock) {

    /** Base directory of relative paths in the job file and the inventory. */
    public Path directory() {
        return directoryOf(job);
    }

    /** Base directory of relative paths in the job file and its inventory. */
    public static Path directoryOf(JobFile job) {
        return Objects.requireNonNull(job.file().toAbsolutePath().getParent());
    }
}
