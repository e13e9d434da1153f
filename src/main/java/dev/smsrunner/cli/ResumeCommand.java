package dev.smsrunner.cli;

import dev.smsrunner.ledger.RunState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Goes on with a run that stopped or died. */
@Command(
        name = "resume",
        header = "Goes on with a run that stopped or died, with the settings it began with.",
        footer = {
            "",
            "Examples:",
            "  sms-runner resume last",
            "  sms-runner resume 20261121-2200-7f3c --set limits.concurrent=50"
        })
final class ResumeCommand implements Callable<Integer> {

    @Mixin
    private RunChoice choice;

    @Mixin
    private BegunJob begun;

    @Mixin
    private CloudChoice cloud;

    @Mixin
    private DashboardChoice page;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() throws InterruptedException {
        if (!common.hasDatabase()) {
            throw RunChoice.noRun(common.place());
        }
        try (var workshop = new Workshop(common, cloud, page)) {
            var run = choice.among(workshop.runs().all(), common.place());
            if (run.state() == RunState.FINISHED) {
                common.console()
                        .say("Run %s is finished, there is nothing to resume; 'rerun %s' repeats what failed."
                                .formatted(run.runId(), run.runId()));
                return ExitCode.OK.code();
            }
            var job = begun.of(run, common);
            return workshop.work(job, service -> service.resume(run, job, begun.overrides(run)));
        }
    }
}
