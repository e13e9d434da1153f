package dev.smsrunner.cli;

import dev.smsrunner.database.DatabaseRetry;
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
 * The speed limits by time of day that an unfinished run has already. Earlier versions took ranges that are empty or overlap; a
 * run that began with them continues.
 */
final class RecordedSpeedRules {

    private static final String COLUMN = Column.SPEED_LIMIT_RULES.label();

    private RecordedSpeedRules() {}

    /** The rules of the unfinished run that the job would resume; none when there is no such run. */
    static Set<String> of(JobFile job, CommonOptions common) {
        if (!common.hasDatabase()) {
            return Set.of();
        }
        try (var database = common.openDatabase()) {
            var ledger = new Ledger(database.source(), common.clock(), DatabaseRetry.upTo(Duration.ZERO));
            return RunService.findUnfinished(job, new Runs(database.source(), common.clock()))
                    .map(run -> of(run, ledger))
                    .orElse(Set.of());
        }
    }

    /** Those of the run, in its inventory and in what its job file says for all rows. */
    static Set<String> of(Run run, Ledger ledger) {
        var rules = new HashSet<String>();
        ledger.inventory(run.runId()).forEach(line -> rules.add(line.cells().getOrDefault(COLUMN, "")));
        rules.add(run.settings().getOrDefault("defaults." + COLUMN, ""));
        return rules;
    }
}
