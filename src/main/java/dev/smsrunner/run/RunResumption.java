package dev.smsrunner.run;

import dev.smsrunner.inventory.InventoryCheckResult;
import dev.smsrunner.inventory.Plural;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.ledger.Actor;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.run.lease.RefusedException;
import dev.smsrunner.run.lease.RunLease;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Resumption of a run under its lease: changes since its start, and its transfer to a rerun. */
record RunResumption(Run run, RunLease lease, Runs runs, Ledger ledger, Clock clock, Actor actor) {

    /** @throws RefusedException when the job file has changed and the changes are not accepted */
    void refuseChangedSettings(JobFile job, boolean accept) {
        var changes = inputs().settingsChanges(job);
        if (!changes.isEmpty() && !accept) {
            throw changed("The job file", changes);
        }
    }

    /** @throws RefusedException when the job narrows a window in which a target was launched */
    void refuseNarrowedWindows(JobFile job) {
        var refusals = WindowChange.refusals(ledger.findAll(run.runId()), run.settings(), job.settings());
        if (!refusals.isEmpty()) {
            throw new RefusedException(
                    "A window of run %s in which a target was launched may only be widened, see below. Nothing was changed. Restore its times and its capacity, then run the same command again."
                            .formatted(run.runId()),
                    refusals);
        }
    }

    /**
     * Applies the changes of the inventory.
     *
     * @return the updated run
     * @throws RefusedException when the changes are not accepted or cannot be applied
     */
    Run acceptInventory(JobFile job, InventoryCheckResult checked, boolean accept) {
        var diff = inputs().inventoryDiff(job, checked);
        if (diff.isEmpty()) {
            return run;
        }
        if (!accept) {
            throw changed("The inventory", diff.get().texts());
        }
        apply(diff.get(), checked.sha256());
        return runs.find(run.runId()).orElseThrow();
    }

    /** Computes the merge before the first write, and again with the rows as the previous process left them. */
    private void apply(InventoryDiff diff, String sha256) {
        InventoryMerge.of(diff, run, ledger.findAll(run.runId()), sha256, clock.instant());
        var owner = runs.claim(run.runId(), lease.token());
        ledger.takeOver(owner);
        var rows = ledger.findAll(run.runId());
        ledger.acceptInventory(owner, InventoryMerge.of(diff, run, rows, sha256, clock.instant()), actor);
    }

    private RecordedInputs inputs() {
        return new RecordedInputs(run, ledger);
    }

    /**
     * Claims the run for a transfer of its open rows, which requires an answer to every call.
     *
     * @return the claimed run
     * @throws RefusedException when a call has no answer yet and only an observation can resolve it
     */
    FencedRun claimForTransfer() {
        refuseUnresolvedCalls();
        var owner = runs.claim(run.runId(), lease.token());
        ledger.takeOver(owner);
        refuseUnresolvedCalls(); // the previous process may have been alive until the claim
        return owner;
    }

    private void refuseUnresolvedCalls() {
        var unresolved = ledger.findOpen(run.runId()).stream()
                .filter(LedgerRow::hasUndecidedCall)
                .map(LedgerRow::label)
                .toList();
        if (!unresolved.isEmpty()) {
            throw new RefusedException(
                    "%s of run %s without an answer, see below. Nothing was changed. Use 'resume %s' to resolve this, then rerun."
                            .formatted(Plural.of(unresolved.size(), "call"), run.runId(), run.runId()),
                    RecordedInputs.firstOf(unresolved));
        }
    }

    /** Ends the run in one transaction, since another run continues its open rows. */
    void endFor(String successor) {
        var owner = claimForTransfer();
        var why = "continued by run " + successor;
        var now = clock.instant();
        var entries = new ArrayList<LedgerWrite>();
        for (var row : ledger.findOpen(run.runId())) {
            var event = EventDraft.ofEnd(row, Outcome.STOPPED, why);
            entries.add(LedgerWrite.of(row.end(Outcome.STOPPED, why, now), List.of(event)));
        }
        ledger.finish(owner, entries, why);
    }

    /** @throws RefusedException when a rerun has taken over the open rows */
    static void refuseContinued(Runs runs, Run run) {
        runs.findSuccessor(run.runId()).ifPresent(successor -> {
            throw new RefusedException(
                    "Run %s was continued by run %s, which has its open rows now. Nothing was changed. Use 'resume %s' to continue."
                            .formatted(run.runId(), successor, successor));
        });
    }

    private RefusedException changed(String what, List<String> differences) {
        return new RefusedException(
                "%s has changed since the unfinished run %s started, see below. Nothing was changed. Use --accept-changes to resume with the changes, 'resume %s' to resume without them, or --new to start a new run."
                        .formatted(what, run.runId(), run.runId()),
                RecordedInputs.firstOf(differences));
    }
}
