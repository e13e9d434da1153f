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
 * Recorded speed limits by time of day of an unfinished run. Earlier versions accepted empty and overlapping ranges; a run with
 * such ranges can be resumed.
 */
final class RecordedSpeedRules {

    private static final String COLUMN = Column.SPEED_LIMIT_RULES.label();

    private RecordedSpeedRules() {}

    /** Rules of the unfinished run of the job; empty without such a run. */
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

    /** Rules of the run, from its inventory and from the defaults of its job file. */
    static Set<String> of(Run run, Ledger ledger) {
        var rules = new HashSet<String>();
        ledger.inventory(run.runId()).forEach(line -> rules.add(line.cells().getOrDefault(COLUMN, "")));
        rules.add(run.settings().getOrDefault("defaults." + COLUMN, ""));
        return rules;
    }
}
