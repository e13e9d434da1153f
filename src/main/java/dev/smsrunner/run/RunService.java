package dev.smsrunner.run;

import dev.smsrunner.batch.RunInput;
import dev.smsrunner.database.Database;
import dev.smsrunner.database.DatabaseAwayException;
import dev.smsrunner.database.DatabaseRetry;
import dev.smsrunner.inventory.InventoryCheckResult;
import dev.smsrunner.inventory.InventoryReader;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.Overrides;
import dev.smsrunner.ledger.Actor;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.ledger.StoredInventoryLine;
import dev.smsrunner.report.ReportException;
import dev.smsrunner.report.Reports;
import dev.smsrunner.report.Rerun;
import dev.smsrunner.run.lease.RefusedException;
import dev.smsrunner.run.lease.RunLease;
import dev.smsrunner.support.Sha256;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Starts, resumes and repeats runs; one process at a time per job file and inventory. */
public final class RunService {

    private static final Logger log = LoggerFactory.getLogger(RunService.class);

    /** Key of the inventory override, stored beside the overrides of {@code --set}. */
    private static final String INVENTORY = "--inventory";

    private final Database database;
    private final Clock clock;
    private final Runs runs;
    private final Ledger ledger;
    private final RunListener listener;
    private final RunExecutor executor;
    private final Actor actor;
    private final RunIds ids;

    /**
     * Creates a service on the database, with logs under the data directory.
     *
     * @param actor operator who starts, resumes or repeats the run
     */
    public RunService(
            Database database,
            Path dataDirectory,
            CloudAccess cloud,
            RunListener listener,
            Clock clock,
            RandomGenerator random,
            Actor actor) {
        this.database = database;
        this.clock = clock;
        this.runs = new Runs(database.source(), clock);
        this.ledger = new Ledger(database.source(), clock, DatabaseRetry.upTo(java.time.Duration.ZERO));
        this.listener = listener;
        this.executor = new RunExecutor(database, dataDirectory, cloud, listener, clock, random, actor);
        this.actor = actor;
        this.ids = new RunIds(clock, random);
    }

    /**
     * Resumes the unfinished run of the job file and inventory, or starts a new one.
     *
     * @param checked successful check of the inventory
     * @throws RefusedException when another process works on the run, the inputs of an unfinished run have changed, or a new
     *     run would start after its window
     */
    public RunResult run(JobFile job, Overrides overrides, InventoryCheckResult checked, RunOptions options)
            throws InterruptedException {
        var key = jobKey(job.file(), job.inventory());
        if (options.standby()) {
            return standBy(new Standby.Inputs(job, checked, key, options), overrides);
        }
        try (var lease = RunLease.take(database, key)) {
            return run(lease, new Standby.Inputs(job, checked, key, options), overrides);
        }
    }

    private RunResult standBy(Standby.Inputs inputs, Overrides overrides) throws InterruptedException {
        var standby = new Standby(database, runs, ledger, listener, inputs);
        try (var lease = standby.awaitLease()) {
            var elsewhere = standby.endedElsewhere();
            return elsewhere.isPresent() ? elsewhere.get() : run(lease, inputs, overrides);
        }
    }

    private RunResult run(RunLease lease, Standby.Inputs inputs, Overrides overrides) {
        var job = inputs.job();
        var checked = inputs.checked();
        var options = inputs.options();
        var unfinished = options.fresh() ? Optional.<Run>empty() : runs.findUnfinished(inputs.key());
        var run = unfinished.isPresent()
                ? continueRun(unfinished.get(), lease, job, overrides, checked, options.acceptChanges())
                : create(job, overrides, inputs.key(), checked.sha256(), null, lease.token());
        setStrict(run, options.strict());
        return executor.execute(request(lease, run, job, reader(job, checked.sha256())));
    }

    /**
     * Resumes a run that stopped or whose process died.
     *
     * @param job recorded job file with the new overrides
     * @param changed check of a changed inventory to accept; null to keep the recorded one
     * @throws RefusedException when another process works on the run, another run has taken over its rows, or a change of the
     *     inventory cannot be applied
     */
    public RunResult resume(Run recorded, JobFile job, Overrides overrides, @Nullable InventoryCheckResult changed)
            throws InterruptedException {
        if (finishedSuccessor(recorded.runId()).isEmpty()) {
            RunResumption.refuseContinued(runs, recorded);
        }
        try (var lease = RunLease.take(database, recorded.jobKey())) {
            closeIfSuperseded(recorded.runId(), lease);
            RunResumption.refuseContinued(runs, recorded);
            resumption(recorded, lease).refuseNarrowedWindows(job);
            takeOverOpenRows(recorded, lease);
            var run = changed == null ? recorded : resumption(recorded, lease).acceptInventory(job, changed, true);
            if (!job.changesSince(run.settings()).isEmpty()) {
                acceptJob(run, job, overrides);
            }
            return executor.execute(request(lease, run, job, reader(run, job)));
        }
    }

    /**
     * Repeats the rows of a run that failed or never started, in a new run. An unfinished rerun is resumed instead.
     *
     * @param job recorded job file of the run
     * @return empty when there is nothing to repeat
     * @throws RefusedException when another process works on the job, or a call of the run has no answer yet
     */
    public Optional<RunResult> rerun(Run original, JobFile job, Overrides overrides) throws InterruptedException {
        try (var lease = RunLease.take(database, original.jobKey())) {
            closeIfSuperseded(original.runId(), lease);
            var unfinished = runs.findUnfinishedRerun(original.runId());
            if (unfinished.isEmpty() && linesToRepeat(original).isEmpty()) {
                return Optional.empty();
            }
            if (unfinished.isEmpty()) {
                claimForTransfer(original.runId(), lease);
            }
            var run = unfinished.orElseGet(() -> create(
                    job, overrides, original.jobKey(), original.inventoryHash(), original.runId(), lease.token()));
            takeOverOpenRows(run, lease);
            return Optional.of(executor.execute(request(lease, run, job, reader(run, job))));
        }
    }

    /** Claims the original run before the rerun is created, so that a refusal leaves nothing behind. */
    private void claimForTransfer(String originalId, RunLease lease) {
        var original = runs.find(originalId).orElseThrow();
        if (original.state() != RunState.FINISHED) {
            resumption(original, lease).claimForTransfer();
        }
    }

    /**
     * Transfers open rows from the original run to its rerun. Idempotent and repeated on every resume, since the process may be
     * killed half-way. Two runs never own the same server.
     */
    private void takeOverOpenRows(Run rerun, RunLease lease) {
        var originalId = rerun.rerunOf();
        if (originalId != null) {
            setStrict(rerun, runs.isStrict(originalId));
            endOriginal(originalId, rerun.runId(), lease);
        }
    }

    private void endOriginal(String originalId, String successor, RunLease lease) {
        var original = runs.find(originalId).orElseThrow();
        if (original.state() != RunState.FINISHED) {
            resumption(original, lease).endFor(successor);
            rewriteReports(originalId);
        }
    }

    /** Ends an unfinished run whose rerun has finished, since no command could continue it. */
    private void closeIfSuperseded(String originalId, RunLease lease) {
        finishedSuccessor(originalId).ifPresent(successor -> {
            endOriginal(originalId, successor, lease);
            throw new RefusedException(
                    "Run %s was continued by run %s, which has ended, so %s has ended, too. Use 'rerun %s' to repeat the rows that failed in it."
                            .formatted(originalId, successor, originalId, successor));
        });
    }

    /** Finished rerun that continued an unfinished run. */
    private Optional<String> finishedSuccessor(String originalId) {
        boolean open = runs.find(originalId).orElseThrow().state() != RunState.FINISHED;
        return runs.findSuccessor(originalId)
                .filter(successor -> open && runs.find(successor).orElseThrow().state() == RunState.FINISHED);
    }

    /** Rewrites the reports, which show the rows as open; a failure is only logged, since the ledger is authoritative. */
    private void rewriteReports(String runId) {
        try {
            new Reports(ledger, clock).write(runs.find(runId).orElseThrow());
        } catch (ReportException | DataAccessException | TransactionException | DatabaseAwayException ex) {
            log.warn("Cannot rewrite the reports of run {}: {}", runId, ex.getMessage());
        }
    }

    private Run continueRun(
            Run recorded,
            RunLease lease,
            JobFile job,
            Overrides overrides,
            InventoryCheckResult checked,
            boolean acceptChanges) {
        var resumption = resumption(recorded, lease);
        closeIfSuperseded(recorded.runId(), lease);
        RunResumption.refuseContinued(runs, recorded);
        resumption.refuseChangedSettings(job, acceptChanges);
        resumption.refuseNarrowedWindows(job);
        var run = resumption.acceptInventory(job, checked, acceptChanges);
        if (!job.changesSince(run.settings()).isEmpty()) {
            acceptJob(run, job, overrides);
        }
        return run;
    }

    private RunResumption resumption(Run run, RunLease lease) {
        return new RunResumption(run, lease, runs, ledger, clock, actor);
    }

    private void setStrict(Run run, boolean strict) {
        if (strict) {
            runs.makeStrict(run.runId());
        }
    }

    /** Recorded command-line overrides of a run. */
    public static Overrides overrides(Run run) {
        var set = new TreeMap<>(run.overrides());
        var inventory = set.remove(INVENTORY);
        return new Overrides(inventory == null ? null : Path.of(inventory), set);
    }

    private Run create(
            JobFile job, Overrides overrides, String key, String inventoryHash, @Nullable String rerunOf, long token) {
        refuseMissedWindow(job);
        var run = new Run(
                ids.next(),
                job.job().label(),
                key,
                absolute(job.file()),
                job.text(),
                toStored(overrides),
                job.settings(),
                job.hash(),
                absolute(job.inventory()),
                inventoryHash,
                rerunOf,
                RunState.RUNNING,
                clock.instant(),
                null,
                null,
                absolute(job.report().directory()));
        runs.add(run, actor, token);
        return run;
    }

    private RunRequest request(RunLease lease, Run run, JobFile job, ItemStreamReader<InventoryRow> inventory) {
        return new RunRequest(lease, new RunInput(run, job, inventory, runs.isStrict(run.runId())));
    }

    private ItemStreamReader<InventoryRow> reader(Run run, JobFile job) {
        var originalId = run.rerunOf();
        return originalId == null
                ? reader(job, run.inventoryHash())
                : new RepeatedRowReader(
                        () -> linesToRepeat(runs.find(originalId).orElseThrow()), job.defaults());
    }

    private static ItemStreamReader<InventoryRow> reader(JobFile job, String sha256) {
        return new InventoryReader(job.inventory(), job.defaults(), job.columns(), sha256);
    }

    private List<StoredInventoryLine> linesToRepeat(Run run) {
        var rerun = Rerun.of(run, ledger.findAll(run.runId()), ledger.serversReachedBefore(run.runId()));
        return rerun.lines(ledger.inventory(run.runId()));
    }

    /** Applies to new runs only: a run that started in time continues after its window. */
    private void refuseMissedWindow(JobFile job) {
        var windows = job.cutover().windows();
        if (windows.isOverAt(clock.instant())) {
            var last = windows.currentAt(clock.instant()).orElseThrow();
            var text = last.name().isEmpty()
                    ? "The window of %s is over: no launch after %s. Nothing was changed. Set a new window: correct cutover.window, or use --set cutover.window.open=… --set cutover.window.close=…"
                    : "The last window of %s is over: no launch after %s. Nothing was changed. Set a new window: correct cutover.windows, or use --set %3$s.open=… --set %3$s.close=…";
            throw new RefusedException(
                    text.formatted(job.file(), last.lastCall().atZone(last.zone()), last.key()));
        }
    }

    private void acceptJob(Run run, JobFile job, Overrides overrides) {
        runs.acceptSettings(run.runId(), job.text(), toStored(overrides), job.settings(), job.hash(), actor);
    }

    /** Unfinished run that a run of the job would resume; empty when there is none. */
    public static Optional<Run> findUnfinished(JobFile job, Runs runs) {
        return runs.findUnfinished(jobKey(job.file(), job.inventory()));
    }

    /** Stored form of the overrides, which stay in effect when the run is resumed or repeated. */
    private static Map<String, String> toStored(Overrides overrides) {
        var set = new TreeMap<>(overrides.set());
        if (overrides.inventory() != null) {
            set.put(INVENTORY, absolute(overrides.inventory()).toString());
        }
        return set;
    }

    /** Key of a job: hash of the absolute paths of job file and inventory. */
    static String jobKey(Path jobFile, Path inventory) {
        return Sha256.hex(absolute(jobFile) + "\n" + absolute(inventory));
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
