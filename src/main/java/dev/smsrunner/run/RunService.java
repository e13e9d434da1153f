package dev.smsrunner.run;

import dev.smsrunner.database.Database;
import dev.smsrunner.database.DatabaseAwayException;
import dev.smsrunner.database.DatabaseRetry;
import dev.smsrunner.inventory.InventoryCheckResult;
import dev.smsrunner.inventory.InventoryReader;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.Overrides;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.ledger.StoredInventoryLine;
import dev.smsrunner.report.ReportException;
import dev.smsrunner.report.Reports;
import dev.smsrunner.report.Rerun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.support.IteratorItemReader;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Begins runs, goes on with them and repeats them, one process at a time per job file and inventory. */
public final class RunService {

    private static final Logger log = LoggerFactory.getLogger(RunService.class);

    /** How the overrides are kept: the inventory under this key beside those of {@code --set}. */
    private static final String INVENTORY = "--inventory";

    private final Database database;
    private final Clock clock;
    private final Runs runs;
    private final Ledger ledger;
    private final RunExecutor runner;
    private final RunIds ids;

    /** Works on the database, with logs under the data directory. */
    public RunService(
            Database database,
            Path dataDirectory,
            CloudAccess cloud,
            RunListener listener,
            Clock clock,
            RandomGenerator random) {
        this.database = database;
        this.clock = clock;
        this.runs = new Runs(database.source(), clock);
        this.ledger = new Ledger(database.source(), clock, DatabaseRetry.upTo(java.time.Duration.ZERO));
        this.runner = new RunExecutor(database, dataDirectory, cloud, listener, clock, random);
        this.ids = new RunIds(clock, random);
    }

    /**
     * Goes on with the unfinished run of the job file and inventory, or begins a new one.
     *
     * @param checked the verdict on the inventory, which must be good
     * @throws RefusedException when another process works on it, what is to be gone on with has changed, or a new run
     *     would begin after its window
     */
    public RunResult run(JobFile job, Overrides overrides, InventoryCheckResult checked, RunOptions options)
            throws InterruptedException {
        var key = jobKey(job.file(), job.inventory());
        try (var lease = RunLease.take(database, key)) {
            var unfinished = options.fresh() ? Optional.<Run>empty() : runs.unfinished(key);
            var run = unfinished.isPresent()
                    ? goOn(unfinished.get(), lease, job, overrides, checked, options.acceptChanges())
                    : begin(job, overrides, key, checked.sha256(), null, lease.token());
            strict(run, options.strict());
            return runner.work(
                    new RunRequest(lease, run, job, () -> reader(job, checked.sha256()), runs.isStrict(run.runId())));
        }
    }

    /**
     * Goes on with a run that stopped or died.
     *
     * @param job the job file as the run began with it, with what is to be different from now on
     * @param changed the verdict on an inventory that may have changed, which is to be taken over; null to take it as it was
     * @throws RefusedException when another process works on it, another run has taken over its rows, or what changed in the
     *     inventory cannot be taken over
     */
    public RunResult resume(Run begun, JobFile job, Overrides overrides, @Nullable InventoryCheckResult changed)
            throws InterruptedException {
        if (endedHeir(begun.runId()).isEmpty()) {
            RunResumption.refuseContinued(runs, begun);
        }
        try (var lease = RunLease.take(database, begun.jobKey())) {
            endWithHeir(begun.runId(), lease);
            RunResumption.refuseContinued(runs, begun);
            inherit(begun, lease);
            var run = changed == null ? begun : unfinished(begun, lease).takeInventory(job, changed, true);
            if (!job.changesSince(run.settings()).isEmpty()) {
                accept(run, job, overrides);
            }
            return runner.work(new RunRequest(lease, run, job, () -> reader(run, job), runs.isStrict(run.runId())));
        }
    }

    /**
     * Repeats the rows of a run that failed or never started, as a run of its own; goes on with that when it is there already.
     *
     * @param job the job file as the run began with it
     * @return empty when there is nothing to repeat
     * @throws RefusedException when another process works on the job, or a call of the run has no answer yet
     */
    public Optional<RunResult> rerun(Run of, JobFile job, Overrides overrides) throws InterruptedException {
        try (var lease = RunLease.take(database, of.jobKey())) {
            endWithHeir(of.runId(), lease);
            var unfinished = runs.unfinishedRerun(of.runId());
            if (unfinished.isEmpty() && toRepeat(of).isEmpty()) {
                return Optional.empty();
            }
            if (unfinished.isEmpty()) {
                handOver(of.runId(), lease);
            }
            var run = unfinished.orElseGet(
                    () -> begin(job, overrides, of.jobKey(), of.inventoryHash(), of.runId(), lease.token()));
            inherit(run, lease);
            return Optional.of(
                    runner.work(new RunRequest(lease, run, job, () -> reader(run, job), runs.isStrict(run.runId()))));
        }
    }

    /** Before a rerun is begun: what is refused must leave nothing behind. */
    private void handOver(String first, RunLease lease) {
        var of = runs.find(first).orElseThrow();
        if (of.state() != RunState.FINISHED) {
            unfinished(of, lease).handOver();
        }
    }

    /**
     * What a rerun has of the first run; said again whenever it is gone on with, for a process may be killed in between. Two runs
     * never work on the same servers: what was open in the first is the rerun's from now on.
     */
    private void inherit(Run rerun, RunLease lease) {
        var first = rerun.rerunOf();
        if (first != null) {
            strict(rerun, runs.isStrict(first));
            end(first, rerun.runId(), lease);
        }
    }

    private void end(String first, String heir, RunLease lease) {
        var of = runs.find(first).orElseThrow();
        if (of.state() != RunState.FINISHED) {
            unfinished(of, lease).endedBy(heir);
            report(first);
        }
    }

    /** A rerun that came to its end must not leave behind a first run that nothing can be done with. */
    private void endWithHeir(String first, RunLease lease) {
        endedHeir(first).ifPresent(heir -> {
            end(first, heir, lease);
            throw new RefusedException(
                    "Run %s was continued by run %s, which has ended; so has %s from now on. 'rerun %s' repeats what failed in it."
                            .formatted(first, heir, first, heir));
        });
    }

    /** The finished run that went on with an unfinished one. */
    private Optional<String> endedHeir(String first) {
        boolean open = runs.find(first).orElseThrow().state() != RunState.FINISHED;
        return runs.continuedBy(first)
                .filter(heir -> open && runs.find(heir).orElseThrow().state() == RunState.FINISHED);
    }

    /** Its report would call the rows open; the ledger is what counts, so a failure is not worth more than a word. */
    private void report(String runId) {
        try {
            new Reports(ledger, clock).write(runs.find(runId).orElseThrow());
        } catch (ReportException | DataAccessException | TransactionException | DatabaseAwayException ex) {
            log.warn("The reports of the first run were not renewed: {}", ex.getMessage());
        }
    }

    private Run goOn(
            Run begun,
            RunLease lease,
            JobFile job,
            Overrides overrides,
            InventoryCheckResult checked,
            boolean acceptChanges) {
        var unfinished = unfinished(begun, lease);
        endWithHeir(begun.runId(), lease);
        RunResumption.refuseContinued(runs, begun);
        unfinished.refuseChangedSettings(job, acceptChanges);
        var run = unfinished.takeInventory(job, checked, acceptChanges);
        if (!job.changesSince(run.settings()).isEmpty()) {
            accept(run, job, overrides);
        }
        return run;
    }

    private RunResumption unfinished(Run run, RunLease lease) {
        return new RunResumption(run, lease, runs, ledger, clock);
    }

    private void strict(Run run, boolean wanted) {
        if (wanted) {
            runs.makeStrict(run.runId());
        }
    }

    /** What the command line had set when the run began. */
    public static Overrides overrides(Run run) {
        var set = new TreeMap<>(run.overrides());
        var inventory = set.remove(INVENTORY);
        return new Overrides(inventory == null ? null : Path.of(inventory), set);
    }

    private Run begin(
            JobFile job, Overrides overrides, String key, String inventoryHash, @Nullable String rerunOf, long token) {
        refuseMissedWindow(job);
        var run = new Run(
                ids.next(),
                job.job().word(),
                key,
                absolute(job.file()),
                job.text(),
                kept(overrides),
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
        runs.add(run, token);
        return run;
    }

    private ItemStreamReader<InventoryRow> reader(Run run, JobFile job) {
        return run.rerunOf() == null
                ? reader(job, run.inventoryHash())
                : new Repeated(toRepeat(runs.find(run.rerunOf()).orElseThrow()), job.defaults());
    }

    private static ItemStreamReader<InventoryRow> reader(JobFile job, String sha256) {
        return new InventoryReader(job.inventory(), job.defaults(), sha256);
    }

    private List<StoredInventoryLine> toRepeat(Run run) {
        var rerun = Rerun.of(run, ledger.all(run.runId()), ledger.reachedBefore(run.runId()));
        return rerun.lines(ledger.inventory(run.runId()));
    }

    /** A run that began in time goes on to its end after the window: what was launched is watched, the rest is told. */
    private void refuseMissedWindow(JobFile job) {
        var window = job.cutover().window();
        if (window != null && window.isOverAt(clock.instant())) {
            throw new RefusedException(
                    "The window of %s is over: no launch after %s. Nothing was changed. Agree on a new one: correct cutover.window, or give it with --set cutover.window.open=… --set cutover.window.close=…"
                            .formatted(job.file(), window.lastCall().atZone(window.zone())));
        }
    }

    private void accept(Run run, JobFile job, Overrides overrides) {
        runs.accept(run.runId(), job.text(), kept(overrides), job.settings(), job.hash());
    }

    /** The unfinished run of the job file and inventory that the same command would resume; empty when there is none. */
    public static Optional<Run> unfinished(JobFile job, Runs runs) {
        return runs.unfinished(jobKey(job.file(), job.inventory()));
    }

    /** The overrides as they are kept with a run, so that they hold when it is resumed or repeated. */
    private static Map<String, String> kept(Overrides overrides) {
        var set = new TreeMap<>(overrides.set());
        if (overrides.inventory() != null) {
            set.put(INVENTORY, absolute(overrides.inventory()).toString());
        }
        return set;
    }

    /** The same job file over the same inventory, whatever the working directory. */
    static String jobKey(Path jobFile, Path inventory) {
        var text = absolute(jobFile) + "\n" + absolute(inventory);
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("Every Java platform has SHA-256", ex);
        }
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /** Rows of an earlier run, read from its ledger. */
    private static final class Repeated implements ItemStreamReader<InventoryRow> {

        private final List<StoredInventoryLine> lines;
        private final Map<String, String> defaults;
        private IteratorItemReader<StoredInventoryLine> rest;

        Repeated(List<StoredInventoryLine> lines, Map<String, String> defaults) {
            this.lines = lines;
            this.defaults = defaults;
            this.rest = new IteratorItemReader<>(lines);
        }

        @Override
        public void open(org.springframework.batch.infrastructure.item.ExecutionContext context) {
            rest = new IteratorItemReader<>(lines);
        }

        @Override
        public @Nullable InventoryRow read() {
            var line = rest.read();
            return line == null ? null : InventoryRow.restore(line.row(), line.line(), line.cells(), defaults);
        }
    }
}
