package dev.smsrunner.run;

import dev.smsrunner.inventory.Checked;
import dev.smsrunner.inventory.InventoryReader;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.Overrides;
import dev.smsrunner.ledger.Database;
import dev.smsrunner.ledger.InventoryLine;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.Outage;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.report.Rerun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.support.IteratorItemReader;

/** Begins runs, goes on with them and repeats them, one process at a time per job file and inventory. */
public final class RunService {

    private static final int DIFFERENCES_SHOWN = 10;

    /** How the overrides are kept: the inventory under this key beside those of {@code --set}. */
    private static final String INVENTORY = "--inventory";

    private final Database database;
    private final Clock clock;
    private final Runs runs;
    private final Ledger ledger;
    private final Runner runner;
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
        this.ledger = new Ledger(database.source(), clock, Outage.upTo(java.time.Duration.ZERO));
        this.runner = new Runner(database, dataDirectory, cloud, listener, clock, random);
        this.ids = new RunIds(clock, random);
    }

    /**
     * Goes on with the unfinished run of the job file and inventory, or begins a new one.
     *
     * @param checked the verdict on the inventory, which must be good
     * @throws RefusedException when another process works on it, what is to be gone on with has changed, or a new run
     *     would begin after its window
     */
    public RunResult run(JobFile job, Overrides overrides, Checked checked, RunOptions options)
            throws InterruptedException {
        var key = jobKey(job.file(), job.inventory());
        try (var lease = RunLease.take(database, key)) {
            var unfinished = options.fresh() ? Optional.<Run>empty() : runs.unfinished(key);
            unfinished.ifPresent(run -> refuseChanges(run, job, overrides, checked, options));
            var run = unfinished.orElseGet(() -> begin(job, overrides, key, checked.sha256(), null, lease.token()));
            return runner.work(new Assignment(lease, run, job, () -> reader(job, checked.sha256()), options.strict()));
        }
    }

    /**
     * Goes on with a run that stopped or died.
     *
     * @param job the job file as the run began with it, with what is to be different from now on
     * @throws RefusedException when another process works on it
     */
    public RunResult resume(Run run, JobFile job, Overrides overrides) throws InterruptedException {
        try (var lease = RunLease.take(database, run.jobKey())) {
            if (!job.changesSince(run.settings()).isEmpty()) {
                accept(run, job, overrides);
            }
            return runner.work(new Assignment(lease, run, job, () -> reader(run, job), false));
        }
    }

    /**
     * Repeats the rows of a run that failed or never started, as a run of its own; goes on with that when it is there already.
     *
     * @param job the job file as the run began with it
     * @return empty when there is nothing to repeat
     * @throws RefusedException when another process works on the job
     */
    public Optional<RunResult> rerun(Run of, JobFile job, Overrides overrides) throws InterruptedException {
        try (var lease = RunLease.take(database, of.jobKey())) {
            var unfinished = runs.unfinishedRerun(of.runId());
            if (unfinished.isEmpty() && toRepeat(of).isEmpty()) {
                return Optional.empty();
            }
            var run = unfinished.orElseGet(
                    () -> begin(job, overrides, of.jobKey(), of.inventoryHash(), of.runId(), lease.token()));
            return Optional.of(runner.work(new Assignment(lease, run, job, () -> reader(run, job), false)));
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

    private List<InventoryLine> toRepeat(Run run) {
        return Rerun.toRepeat(run, ledger.all(run.runId()), ledger.inventory(run.runId()));
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

    private void refuseChanges(Run run, JobFile job, Overrides overrides, Checked checked, RunOptions options) {
        var changes = job.changesSince(run.settings());
        if (!changes.isEmpty() && !options.acceptChanges()) {
            throw changed(
                    run,
                    "The job file",
                    changes.stream().map(JobFile.Change::toString).toList(),
                    "--accept-changes goes on with them, ");
        }
        if (!checked.sha256().equals(run.inventoryHash())) {
            var differences = InventoryDifference.between(ledger.inventory(run.runId()), reader(job, checked.sha256()));
            if (!differences.isEmpty()) {
                throw changed(run, "The inventory", differences, "");
            }
        }
        if (!changes.isEmpty()) {
            accept(run, job, overrides);
        }
    }

    private void accept(Run run, JobFile job, Overrides overrides) {
        runs.accept(run.runId(), job.text(), kept(overrides), job.settings(), job.hash());
    }

    /** The overrides as they are kept with a run, so that they hold when it is resumed or repeated. */
    private static Map<String, String> kept(Overrides overrides) {
        var set = new TreeMap<>(overrides.set());
        if (overrides.inventory() != null) {
            set.put(INVENTORY, absolute(overrides.inventory()).toString());
        }
        return set;
    }

    private static RefusedException changed(Run run, String what, List<String> differences, String way) {
        var shown = new ArrayList<>(differences.subList(0, Math.min(DIFFERENCES_SHOWN, differences.size())));
        if (differences.size() > DIFFERENCES_SHOWN) {
            shown.add("and %d more".formatted(differences.size() - DIFFERENCES_SHOWN));
        }
        return new RefusedException(
                "%s has changed since the unfinished run %s began, see below; %s'resume %s' goes on as it began, --new begins a new run. Nothing was changed."
                        .formatted(what, run.runId(), way, run.runId()),
                shown);
    }

    /** The same job file over the same inventory, whatever the working directory. */
    private static String jobKey(Path jobFile, Path inventory) {
        var text = absolute(jobFile) + "\n" + absolute(inventory);
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /** Rows of an earlier run, read from its ledger. */
    private static final class Repeated implements ItemStreamReader<InventoryRow> {

        private final List<InventoryLine> lines;
        private final Map<String, String> defaults;
        private IteratorItemReader<InventoryLine> rest;

        Repeated(List<InventoryLine> lines, Map<String, String> defaults) {
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
