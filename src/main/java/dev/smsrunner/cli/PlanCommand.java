package dev.smsrunner.cli;

import dev.smsrunner.ledger.SourceHistory;
import dev.smsrunner.run.CloudAccess;
import dev.smsrunner.run.Planner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints the plan of a run row by row, without changes. */
@Command(
        name = "plan",
        header = "Shows the plan of a run per server. Changes nothing, neither in the cloud nor in the database.",
        description = {
            "The job delete reads the ledger for what earlier runs did. Every other plan reads no database: it checks the form of",
            "--db only."
        },
        footer = {
            "",
            "Examples:",
            "  sms-runner plan jobs/demo.yaml",
            "  sms-runner plan jobs/overnight-cutover.yaml --inventory wave-2.csv --json"
        })
final class PlanCommand implements Callable<Integer> {

    @Mixin
    private JobOptions job;

    @Option(names = "--strict", description = "Exit with 2 when a row would be rejected.")
    private boolean strict;

    @Option(names = "--yes", hidden = true, description = "Accepted so that plan and run take the same arguments.")
    private boolean yes;

    @Mixin
    private CloudOptions cloud;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws Exception {
        var file = job.read(common);
        var checked = JobOptions.check(file, common);
        if (yes) {
            cloud.confirmAll();
        }
        try (var simulated = new EmbeddedSimulators(common, run -> run.runId());
                CloudAccess.Session session =
                        cloud.forReading(file, common, simulated).openReadOnly()) {
            var printer = new PlanPrinter(common, checked.rows());
            var plan = Planner.of(file, checked.sha256(), session, this::history, common.clock(), printer::row);
            printer.finish(plan, JobOptions.windows(file, common));
            return strict && plan.rejected() > 0 ? ExitCode.BAD_INPUT.code() : ExitCode.OK.code();
        }
    }

    /** History of the runs; a plan creates no database. */
    private SourceHistory history() {
        if (!common.hasDatabase()) {
            return SourceHistory.NONE;
        }
        try (var queries = RunQueries.open(common)) {
            return queries.ledger().sourceHistory();
        }
    }
}
