package dev.smsrunner.cli;

import dev.smsrunner.cloud.ServiceEndpoint;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.run.RunOptions;
import java.io.Console;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Does a job, or goes on with it where it ended. */
@Command(
        name = "run",
        header = "Does the job; goes on with an unfinished run of the same job file and inventory.",
        description = {
            "Checks the job file and the whole inventory first: with any problem, nothing is changed.",
            "May be killed at any instant: the same command goes on where it was."
        },
        footer = {
            "",
            "Examples:",
            "  sms-runner run jobs/demo.yaml",
            "  sms-runner run jobs/overnight-cutover.yaml --inventory wave-2.csv --set limits.concurrent=50",
            "  SMS_RUNNER_DB_USER=… SMS_RUNNER_DB_PASSWORD=… sms-runner run jobs/overnight-cutover.yaml \\",
            "      --db jdbc:postgresql://db.example.com/smsrunner"
        })
final class RunCommand implements Callable<Integer> {

    @Mixin
    private JobOptions job;

    @Option(names = "--yes", description = "Do not ask before a real service is used. Nothing asks without a terminal.")
    private boolean yes;

    @Option(names = "--new", description = "Begin a new run even when an earlier one is unfinished.")
    private boolean fresh;

    @Option(
            names = "--accept-changes",
            description =
                    "Go on with the job file and the inventory as they are now, though they changed since the unfinished"
                            + " run began. What a server was started with stays.")
    private boolean acceptChanges;

    @Option(names = "--strict", description = "Begin nothing when preflight rejects a row.")
    private boolean strict;

    @Mixin
    private CloudOptions cloud;

    @Mixin
    private DashboardOptions page;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws InterruptedException {
        var file = job.read(common);
        var checked = JobOptions.check(file, common, () -> fresh ? Set.of() : RecordedSpeedRules.of(file, common));
        if (yes) {
            cloud.neverAsk();
        }
        confirm(file, checked.rows());
        var options = new RunOptions(fresh, acceptChanges, strict);
        try (var workshop = new RunSession(common, cloud, page)) {
            return workshop.work(file, service -> service.run(file, job.overrides(), checked, options));
        }
    }

    private void confirm(JobFile file, int rows) {
        Console terminal = System.console();
        if (yes
                || terminal == null
                || file.service().isSimulator()
                || file.service().endpoint().startsWith("http://")) {
            return;
        }
        var host = ServiceEndpoint.of(file.service().endpoint()).authority();
        var known = KnownEndpoints.of(common, false);
        var answer = terminal.readLine(
                "%s will work on %d servers at %s%s. Go on? [y/N] ",
                file.job().label(),
                rows,
                file.service().endpoint(),
                known.has(host) ? "" : ", where this data directory has not sent credentials before");
        if (answer == null || !answer.strip().toLowerCase(java.util.Locale.ROOT).startsWith("y")) {
            throw new CommandException(ExitCode.REFUSED, "Not confirmed; nothing was changed.");
        }
        known.confirmed(host);
    }
}
