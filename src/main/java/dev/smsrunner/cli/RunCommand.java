package dev.smsrunner.cli;

import dev.smsrunner.cli.console.Console;
import dev.smsrunner.cloud.ServiceEndpoint;
import dev.smsrunner.inventory.Plural;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.run.RunOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a run of a job, or resumes its unfinished run. */
@Command(
        name = "run",
        header = "Starts a run of the job, or resumes an unfinished run of the same job file and inventory.",
        description = {
            "Checks the job file and the whole inventory first: with any problem, nothing is changed.",
            "The process may be killed at any time: the same command resumes the run."
        },
        footer = {
            "",
            "Examples:",
            "  sms-runner run jobs/demo.yaml",
            "  sms-runner run jobs/overnight-cutover.yaml --inventory wave-2.csv --set limits.concurrent=50",
            "  SMS_RUNNER_DB_USER=… SMS_RUNNER_DB_PASSWORD=… sms-runner run jobs/overnight-cutover.yaml \\",
            "      --db jdbc:postgresql://db.example.com/smsrunner",
            "  sms-runner run night-1.yaml --yes --standby"
        })
final class RunCommand implements Callable<Integer> {

    @Mixin
    private JobOptions job;

    @Option(
            names = "--yes",
            description = "Use a real service without confirmation. Without a terminal there is no prompt.")
    private boolean yes;

    @Option(names = "--new", description = "Start a new run even if an earlier one is unfinished.")
    private boolean fresh;

    @Option(
            names = "--accept-changes",
            description = "Resume with the current job file and inventory even though they changed."
                    + " Servers already started keep their original settings.")
    private boolean acceptChanges;

    @Option(names = "--strict", description = "Start nothing if preflight rejects a row.")
    private boolean strict;

    @Option(
            names = "--standby",
            description = "Wait while another process works on the job, and take over its run if that process dies."
                    + " Exits with 0 when the run ends elsewhere. Needs PostgreSQL.")
    private boolean standby;

    @Mixin
    private CloudOptions cloud;

    @Mixin
    private DashboardOptions page;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws InterruptedException {
        common.context().detach();
        verifyStandby();
        var file = job.read(common);
        var checked = JobOptions.check(
                file, common, () -> fresh ? RecordedInventory.none() : RecordedInventory.of(file, common));
        if (yes) {
            cloud.confirmAll();
        }
        JobOptions.showWindow(file, common);
        confirm(file, checked.rows());
        var options = new RunOptions(fresh, acceptChanges, strict, standby);
        try (var session = new RunSession(common, cloud, page)) {
            return session.execute(file, service -> service.run(file, job.overrides(), checked, options));
        }
    }

    private void verifyStandby() {
        if (standby && fresh) {
            throw CommandException.badInput(
                    "--standby continues a run and --new starts another one. Nothing was changed. Leave one of them out.");
        }
        if (standby && common.databaseUrl() == null) {
            throw CommandException.badInput(
                    "--standby needs PostgreSQL, since one machine cannot read the embedded database of another. Nothing was changed. Give the URL with --db or SMS_RUNNER_DB_URL, or leave --standby out.");
        }
    }

    private void confirm(JobFile file, int rows) {
        var terminal = System.console();
        if (yes
                || terminal == null
                || file.service().isSimulator()
                || file.service().endpoint().startsWith("http://")) {
            return;
        }
        var host = ServiceEndpoint.of(file.service().endpoint()).authority();
        var known = KnownEndpoints.of(common, false);
        common.context().err().checkError(); // prints the warnings before the question
        var answer = terminal.readLine(
                "%s will process %s at %s%s. Continue? [y/N] ",
                file.job().label(),
                Plural.of(rows, "server"),
                file.service().endpoint(),
                known.contains(host) ? "" : ", where this data directory has not sent credentials before");
        if (!Console.isYes(answer)) {
            throw new CommandException(ExitCode.REFUSED, "Not confirmed; nothing was changed.");
        }
        known.add(host);
    }
}
