package dev.smsrunner.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Repeats the rows that failed or never started. */
@Command(
        name = "rerun",
        header = "Starts a new run of the rows that failed, were rejected or stopped, or never ended.",
        description = {
            "Uses the recorded rows, job file and options of the run; --set overrides a setting.",
            "To correct rows first, edit rerun.csv beside the report and run it: run JOBFILE --inventory FILE."
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
    private RunSelector selector;

    @Mixin
    private RecordedJobOptions recorded;

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
        try (var session = new RunSession(common, cloud, page)) {
            var run = selector.select(session.runs().findAll(), common.place());
            var job = recorded.of(run, common);
            JobOptions.showWindow(job, common);
            return session.execute(
                    job,
                    service -> service.rerun(run, job, recorded.overrides(run)).orElse(null));
        }
    }
}
