package dev.smsrunner.run;

import dev.smsrunner.inventory.InventoryReader;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.job.BulkJobs;
import dev.smsrunner.job.CloudApis;
import dev.smsrunner.job.PlannedRow;
import dev.smsrunner.job.PreflightContext;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.ledger.SourceHistory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.EnumMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** Plans a run with the preflight of its job; read-only. */
public final class Planner {

    private Planner() {}

    /**
     * Plans the job row by row, without keeping the rows.
     *
     * @param sha256 of the checked inventory
     * @param history reads what all runs of the database did
     * @param each receives the rows in inventory order
     */
    public static PlanSummary of(
            JobFile job,
            String sha256,
            CloudApis cloud,
            Supplier<SourceHistory> history,
            Clock clock,
            Consumer<PlannedRow> each) {
        Consumer<Consumer<InventoryRow>> inventory = row -> eachRow(job, sha256, row);
        var planner = BulkJobs.of(job).planner(new PreflightContext(job, cloud, inventory, history, clock));
        var counts = new EnumMap<PlannedRow.Step, Integer>(PlannedRow.Step.class);
        planner.steps().forEach(step -> counts.put(step, 0));
        inventory.accept(row -> {
            var planned = planner.plan(row);
            counts.merge(planned.step(), 1, Integer::sum);
            each.accept(planned);
        });
        return new PlanSummary(counts, planner.warnings());
    }

    private static void eachRow(JobFile job, String sha256, Consumer<InventoryRow> each) {
        var reader = new InventoryReader(job.inventory(), job.defaults(), job.columns(), sha256);
        reader.open(new ExecutionContext());
        try {
            for (InventoryRow row = reader.read(); row != null; row = reader.read()) {
                each.accept(row);
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        } finally {
            reader.close();
        }
    }
}
