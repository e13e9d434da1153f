package dev.smsrunner.cli;

import dev.smsrunner.database.DatabaseRetry;
import dev.smsrunner.inventory.AcceptedInventory;
import dev.smsrunner.inventory.Column;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.run.RunService;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Inventory that an unfinished run has accepted. Earlier versions accepted more, and a run of theirs can be resumed.
 *
 * @param speedRules speed limits by time of day of the run, which may be empty or overlap
 * @param names column names of the rows
 * @param sha256 digest of the file; empty without such a run
 */
record RecordedInventory(Set<String> speedRules, Set<String> names, String sha256) {

    private static final String SPEED_RULES = Column.SPEED_LIMIT_RULES.label();

    /** No unfinished run. */
    static RecordedInventory none() {
        return new RecordedInventory(Set.of(), Set.of(), "");
    }

    /** Inventory of the unfinished run of the job. */
    static RecordedInventory of(JobFile job, CommonOptions common) {
        if (!common.hasDatabase()) {
            return none();
        }
        try (var database = common.openDatabase()) {
            var ledger = new Ledger(database.source(), common.clock(), DatabaseRetry.upTo(Duration.ZERO));
            return RunService.findUnfinished(job, new Runs(database.source(), common.clock()))
                    .map(run -> of(run, ledger))
                    .orElse(none());
        }
    }

    /** Inventory of the run. Its speed limits come from its rows and from the defaults of its job file. */
    static RecordedInventory of(Run run, Ledger ledger) {
        var rules = new HashSet<String>();
        var names = new HashSet<String>();
        ledger.inventory(run.runId()).forEach(line -> {
            rules.add(line.cells().getOrDefault(SPEED_RULES, ""));
            names.addAll(line.cells().keySet());
        });
        rules.add(run.settings().getOrDefault("defaults." + SPEED_RULES, ""));
        return new RecordedInventory(rules, names, run.inventoryHash());
    }

    /** What the run has accepted of a file with this digest. */
    AcceptedInventory acceptedAs(String digest) {
        if (sha256.isEmpty()) {
            return AcceptedInventory.NONE;
        }
        boolean isUnchanged = sha256.equals(digest);
        return new AcceptedInventory(speedRules, isUnchanged, isUnchanged ? names : Set.of());
    }
}
