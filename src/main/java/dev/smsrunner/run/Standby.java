package dev.smsrunner.run;

import dev.smsrunner.database.Database;
import dev.smsrunner.database.DatabaseAwayException;
import dev.smsrunner.database.DatabaseRetry;
import dev.smsrunner.inventory.InventoryCheckResult;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.ledger.Lease;
import dev.smsrunner.ledger.Leases;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.run.RunResult.Ending;
import dev.smsrunner.run.lease.LeaseCandidate;
import dev.smsrunner.run.lease.RefusedException;
import dev.smsrunner.run.lease.RunLease;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Standby of a job: waits while another process works on it, then takes its lease. One standby waits once.
 *
 * <p>A run that another process has ended, or that an operator has stopped, is not continued. A run whose process a signal
 * ended is continued, since a machine that shuts down sends one.
 */
final class Standby {

    private static final Logger log = LoggerFactory.getLogger(Standby.class);

    private final Database database;
    private final Runs runs;
    private final Ledger ledger;
    private final RunListener listener;
    private final Inputs inputs;
    private final CountDownLatch signal = new CountDownLatch(1);
    private @Nullable Long waitedFor;
    private @Nullable String verified;

    /**
     * Inputs of the job on this machine.
     *
     * @param key name of the lease
     * @param checked successful check of the inventory
     */
    record Inputs(JobFile job, InventoryCheckResult checked, String key, RunOptions options) {}

    Standby(Database database, Runs runs, Ledger ledger, RunListener listener, Inputs inputs) {
        this.database = database;
        this.runs = runs;
        this.ledger = ledger;
        this.listener = listener;
        this.inputs = inputs;
    }

    /**
     * Waits for the lease.
     *
     * @throws RefusedException when the other process has different files
     * @throws StandbyEndedException when a signal ends the wait
     * @throws DatabaseAwayException when the database is unreachable for longer than {@code limits.database-outage}
     */
    @SuppressWarnings("try") // the signal handlers work until they are closed
    RunLease awaitLease() throws InterruptedException {
        refuseOtherPath();
        var candidate = new LeaseCandidate(database, inputs.key());
        try (var signals = new Signals(signal::countDown)) {
            long answeredAt = System.nanoTime();
            boolean away = false;
            do {
                try {
                    var lease = candidate.poll();
                    if (lease.isPresent()) {
                        return lease.get();
                    }
                    candidate.holder().ifPresent(this::observe);
                    answeredAt = System.nanoTime();
                    away = false;
                } catch (RuntimeException ex) {
                    waitOrGiveUp(ex, Duration.ofNanos(System.nanoTime() - answeredAt), away);
                    away = true;
                }
            } while (!signal.await(LeaseCandidate.POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
        }
        throw new StandbyEndedException();
    }

    private void waitOrGiveUp(RuntimeException failure, Duration elapsed, boolean logged) {
        if (!DatabaseRetry.isTransient(failure)) {
            throw failure;
        }
        if (elapsed.compareTo(inputs.job().limits().databaseOutage()) >= 0) {
            throw new DatabaseAwayException(elapsed, failure);
        }
        if (!logged) {
            log.warn("The database is unreachable; the standby keeps trying: {}", failure.getMessage());
        }
    }

    /** Reports the holder once, and compares the files of this machine with those of its run, once per run. */
    private void observe(Lease holder) {
        var run = runs.findLatest(inputs.key()).filter(latest -> runs.isClaimedSince(latest.runId(), holder.token()));
        if (waitedFor == null) {
            waitedFor = holder.token();
            listener.standbyWaits(
                    "Standby: %s, process %d, works on %s since %s. This process takes over when that one ends."
                            .formatted(
                                    holder.host(),
                                    holder.pid(),
                                    run.map(each -> "run " + each.runId()).orElse("this job"),
                                    holder.since() == null
                                            ? "an unknown time"
                                            : holder.since().truncatedTo(ChronoUnit.SECONDS)));
        }
        run.filter(each -> !each.runId().equals(verified)).ifPresent(this::verify);
    }

    private void verify(Run run) {
        if (run.rerunOf() != null) {
            throw new RefusedException(
                    "Run %s is an unfinished rerun, which a standby of 'run' cannot continue. Nothing was changed. If its process has died, use 'resume %s'."
                            .formatted(run.runId(), run.runId()));
        }
        if (!inputs.options().acceptChanges()) {
            refuseOtherFiles(run);
        }
        verified = run.runId();
    }

    private void refuseOtherFiles(Run run) {
        var recorded = new RecordedInputs(run, ledger);
        var settings = recorded.settingsChanges(inputs.job());
        if (!settings.isEmpty()) {
            throw otherFile("job file", run, settings);
        }
        if (ledger.lastRow(run.runId()) > 0) {
            recorded.inventoryDiff(inputs.job(), inputs.checked()).ifPresent(diff -> {
                throw otherFile("inventory", run, diff.texts());
            });
        }
    }

    private static RefusedException otherFile(String what, Run run, List<String> differences) {
        return new RefusedException(
                "The %s differs from that of run %s, which another process works on, see below. Nothing was changed. Copy the file from the machine of that process, or use --accept-changes to take over with this one."
                        .formatted(what, run.runId()),
                RecordedInputs.firstOf(differences));
    }

    /** Refuses a copy under another path, since it would have a lease, and so a run, of its own. */
    private void refuseOtherPath() {
        var leases = new Leases(database.source());
        for (var run : runs.findAll()) {
            if (run.state() != RunState.FINISHED
                    && !run.jobKey().equals(inputs.key())
                    && run.inventoryHash().equals(inputs.checked().sha256())
                    && leases.find(run.jobKey()).host() != null) {
                throw new RefusedException(
                        "Run %s works on the same inventory as %s, for the job file %s. Nothing was changed. Use the same absolute paths on both machines."
                                .formatted(run.runId(), run.inventoryFile(), run.jobFile()));
            }
        }
    }

    /** Result of the run when it must not be continued under the lease; empty when it must, or when a new run must begin. */
    Optional<RunResult> endedElsewhere() {
        return runs.findLatest(inputs.key()).flatMap(this::result);
    }

    private Optional<RunResult> result(Run latest) {
        boolean waited = waitedFor != null && runs.isClaimedSince(latest.runId(), waitedFor);
        var id = latest.runId();
        if (latest.state() == RunState.FINISHED) {
            return waited || hasSameFiles(latest)
                    ? Optional.of(ended(
                            latest,
                            Ending.ENDED_ELSEWHERE,
                            "Run %s has ended, so the standby ends. Use 'rerun %s' to repeat the rows that failed, or 'run --new' to start a new run."
                                    .formatted(id, id)))
                    : Optional.empty();
        }
        if (latest.rerunOf() != null) {
            verify(latest);
        }
        return waited && runs.isStoppedByRequest(id)
                ? Optional.of(ended(
                        latest,
                        Ending.STOPPED_ELSEWHERE,
                        "An operator stopped run %s, so the standby ends. Use 'resume %s' to continue the run."
                                .formatted(id, id)))
                : Optional.empty();
    }

    private boolean hasSameFiles(Run run) {
        return run.rerunOf() == null
                && new RecordedInputs(run, ledger).settingsChanges(inputs.job()).isEmpty()
                && run.inventoryHash().equals(inputs.checked().sha256());
    }

    private static RunResult ended(Run run, Ending ending, String message) {
        return new RunResult(run.runId(), ending, message, null);
    }
}
