package dev.smsrunner.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Repeats exactly what failed or never started. */
@Command(
        name = "rerun",
        header = "A new run of exactly the rows that failed, were rejected or stopped, or never came to an end.",
        description = {
            "With the rows, the job file and the options that the run began with; --set changes a setting.",
            "To correct rows first, edit rerun.csv beside the report and run that: run JOBFILE --inventory FILE."
        },
        footer = {
            "",
            "Examples:",
            "  sms-runner rerun last",
            "  sms-runner rerun 20261121-2200-7f3c --set cutover.window.open=2026-11-28T22:00 \\",
            "      --set cutover.window.close=2026-11-29T04:00"
        })
final class RerunCommand implements Callable<Integer> {

    @Mixin
    private RunSelector choice;

    @Mixin
    private RecordedJobOptions begun;

    @Mixin
    private CloudOptions cloud;

    @Mixin
    private DashboardOptions page;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws InterruptedException {
        if (!common.hasDatabase()) {
            throw RunSelector.noRun(common.place());
        }
        try (var workshop = new RunSession(common, cloud, page)) {
            var run = choice.among(workshop.runs().findAll(), common.place());
            var job = begun.of(run, common);
            return workshop.work(
                    job,
                    service -> service.rerun(run, job, begun.overrides(run)).orElse(null));
        }
    }
}
