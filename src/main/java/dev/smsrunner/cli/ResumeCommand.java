package dev.smsrunner.cli;

import dev.smsrunner.ledger.RunState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
    private RunSelector choice;

    @Mixin
    private RecordedJobOptions begun;

    @Option(
            names = "--accept-changes",
            description =
                    "Go on with the inventory as it is now: new servers are added, those that are gone are dropped,"
                            + " those that nothing was started for take their new cells.")
    private boolean acceptChanges;

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
            if (run.state() == RunState.FINISHED
                    && workshop.runs().findSuccessor(run.runId()).isEmpty()) {
                common.console()
                        .say("Run %s is finished, there is nothing to resume; 'rerun %s' repeats what failed."
                                .formatted(run.runId(), run.runId()));
                return ExitCode.OK.code();
            }
            var job = begun.of(run, common);
            var changed = acceptChanges && run.rerunOf() == null
                    ? JobOptions.check(job, common, () -> workshop.begunSpeedRules(run))
                    : null;
            return workshop.work(job, service -> service.resume(run, job, begun.overrides(run), changed));
        }
    }
}
