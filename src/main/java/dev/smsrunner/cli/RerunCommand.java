package dev.smsrunner.cli;

import dev.smsrunner.run.RunService;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Repeats exactly what failed or never started. */
@Command(
        name = "rerun",
        header = "A new run of exactly the rows that failed, were rejected or stopped, or never came to an end.",
        description = "With the job file and the options that the run began with.",
        footer = {"", "Examples:", "  sms-runner rerun last", "  sms-runner rerun 20261121-2200-7f3c"})
final class RerunCommand implements Callable<Integer> {

    @Mixin
    private RunChoice choice;

    @Mixin
    private CloudChoice cloud;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws InterruptedException {
        if (!common.hasDatabase()) {
            throw RunChoice.noRun(common.place());
        }
        try (var workshop = new Workshop(common, cloud)) {
            var run = choice.among(workshop.runs().all(), common.place());
            var job = BegunJob.of(run, common);
            return workshop.work(
                    job,
                    service ->
                            service.rerun(run, job, RunService.overrides(run)).orElse(null));
        }
    }
}
