package dev.smsrunner.run;

import dev.smsrunner.inventory.InventoryCheckResult;
import dev.smsrunner.inventory.InventoryReader;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.ledger.StoredInventoryLine;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** A run that is to be gone on with, under its lease: what changed since it began, and who goes on with it. */
record RunResumption(Run run, RunLease lease, Runs runs, Ledger ledger, Clock clock) {

    private static final int SHOWN = 10;
    private static final String DROPPED = "dropped from the inventory";

    /** @throws RefusedException when the job file has changed and that is not accepted */
    void refuseChangedSettings(JobFile job, boolean accept) {
        var changes = job.changesSince(run.settings());
        if (!changes.isEmpty() && !accept) {
            throw changed(
                    "The job file",
                    changes.stream().map(JobFile.Change::toString).toList());
        }
    }

    /**
     * Takes over what has changed in the inventory.
     *
     * @return the run as it is from now on
     * @throws RefusedException when it has changed and that is not accepted, or cannot be
     */
    Run takeInventory(JobFile job, InventoryCheckResult checked, boolean accept) {
        if (checked.sha256().equals(run.inventoryHash())) {
            return run;
        }
        var difference =
                InventoryDiff.between(known(), new InventoryReader(job.inventory(), job.defaults(), checked.sha256()));
        var texts = difference.texts();
        if (texts.isEmpty()) {
            return run;
        }
        if (!accept) {
            throw changed("The inventory", texts);
        }
        take(difference, checked.sha256());
        return runs.find(run.runId()).orElseThrow();
    }

    /** What is refused is refused before anything is written, and once more with the rows as the process before us left them. */
    private void take(InventoryDiff difference, String sha256) {
        InventoryMerge.of(difference, run, ledger.all(run.runId()), sha256, clock.instant());
        var owner = runs.claim(run.runId(), lease.token());
        ledger.takeOver(owner);
        var rows = ledger.all(run.runId());
        ledger.accept(owner, InventoryMerge.of(difference, run, rows, sha256, clock.instant()));
    }

    /** The lines that the run still has to do with: one that was dropped may come back as a new one. */
    private List<StoredInventoryLine> known() {
        var dropped = ledger.all(run.runId()).stream()
                .filter(row -> row.outcome() == Outcome.SKIPPED
                        && String.valueOf(row.reason()).startsWith(DROPPED))
                .map(row -> row.row())
                .toList();
        return ledger.inventory(run.runId()).stream()
                .filter(line -> !dropped.contains(line.row()))
                .toList();
    }

    /**
     * Another run may have what is open only when every call of this one has its answer.
     *
     * @return what the rows are written under from now on
     * @throws RefusedException when only an observation can tell whether a call was executed
     */
    FencedRun handOver() {
        refuseUndecided();
        var owner = runs.claim(run.runId(), lease.token());
        ledger.takeOver(owner);
        refuseUndecided(); // the process before us may have lived until the claim
        return owner;
    }

    private void refuseUndecided() {
        var undecided = ledger.open(run.runId()).stream()
                .filter(LedgerRow::undecided)
                .map(LedgerRow::label)
                .toList();
        if (!undecided.isEmpty()) {
            throw new RefusedException(
                    "%d call%s of run %s %s no answer yet, see below; 'resume %s' settles that, then rerun. Nothing was changed."
                            .formatted(
                                    undecided.size(),
                                    undecided.size() == 1 ? "" : "s",
                                    run.runId(),
                                    undecided.size() == 1 ? "has" : "have",
                                    run.runId()),
                    few(undecided));
        }
    }

    /** Another run goes on with what is open: this one ends, in one transaction. */
    void endedBy(String other) {
        var owner = handOver();
        var why = "continued by run " + other;
        var now = clock.instant();
        var entries = new ArrayList<LedgerWrite>();
        for (var row : ledger.open(run.runId())) {
            var event =
                    EventDraft.ofRow(row, EventKind.STAGE, row.stage().name(), Stage.CLOSED.name(), "STOPPED: " + why);
            entries.add(LedgerWrite.of(row.closed(Outcome.STOPPED, why, now), List.of(event)));
        }
        ledger.finish(owner, entries, why);
    }

    /** @throws RefusedException when a rerun has taken over what was open */
    static void refuseContinued(Runs runs, Run run) {
        runs.continuedBy(run.runId()).ifPresent(other -> {
            throw new RefusedException(
                    "Run %s was continued by run %s, which has its open rows now. Nothing was changed. Go on with 'resume %s'."
                            .formatted(run.runId(), other, other));
        });
    }

    private RefusedException changed(String what, List<String> differences) {
        return new RefusedException(
                "%s has changed since the unfinished run %s began, see below; --accept-changes goes on with the changes, 'resume %s' goes on as it began, --new begins a new run. Nothing was changed."
                        .formatted(what, run.runId(), run.runId()),
                few(differences));
    }

    private static List<String> few(List<String> texts) {
        var shown = new ArrayList<>(texts.subList(0, Math.min(SHOWN, texts.size())));
        if (texts.size() > SHOWN) {
            shown.add("and %d more".formatted(texts.size() - SHOWN));
        }
        return shown;
    }
}
