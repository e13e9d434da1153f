package dev.smsrunner.run;

import dev.smsrunner.inventory.InventoryCheckResult;
import dev.smsrunner.inventory.InventoryReader;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.StoredInventoryLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Job file and inventory as a run has recorded them, compared with the current files. */
record RecordedInputs(Run run, Ledger ledger) {

    private static final int MAX_LISTED = 10;
    private static final String DROPPED = "dropped from the inventory";

    /** Changed settings, one text each; empty when the job file means the same. */
    List<String> settingsChanges(JobFile job) {
        return job.changesSince(run.settings()).stream()
                .map(JobFile.Change::toString)
                .toList();
    }

    /**
     * Difference of the inventory; empty when it means the same.
     *
     * @param checked successful check of the current inventory
     */
    Optional<InventoryDiff> inventoryDiff(JobFile job, InventoryCheckResult checked) {
        if (checked.sha256().equals(run.inventoryHash())) {
            return Optional.empty();
        }
        var current = new InventoryReader(job.inventory(), job.defaults(), job.columns(), checked.sha256());
        return Optional.of(InventoryDiff.between(currentLines(), current))
                .filter(diff -> !diff.texts().isEmpty());
    }

    /** Recorded lines without dropped rows; a dropped server may come back as a new row. */
    private List<StoredInventoryLine> currentLines() {
        var dropped = ledger.findAll(run.runId()).stream()
                .filter(row -> row.outcome() == Outcome.SKIPPED
                        && String.valueOf(row.reason()).startsWith(DROPPED))
                .map(row -> row.row())
                .toList();
        return ledger.inventory(run.runId()).stream()
                .filter(line -> !dropped.contains(line.row()))
                .toList();
    }

    /** The first differences and the number of the others. */
    static List<String> firstOf(List<String> texts) {
        var listed = new ArrayList<>(texts.subList(0, Math.min(MAX_LISTED, texts.size())));
        if (texts.size() > MAX_LISTED) {
            listed.add("and %d more".formatted(texts.size() - MAX_LISTED));
        }
        return listed;
    }
}
