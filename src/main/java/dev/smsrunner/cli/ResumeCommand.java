package dev.smsrunner.cli;

import dev.smsrunner.ledger.RunState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Resumes a run that stopped or whose process died. */
@Command(
        name = "resume",
        header = "Resumes a run that stopped or whose process died, with its original settings.",
        footer = {
            "",
            "Examples:",
            "  sms-runner resume last",
            "  sms-runner resume 20261121-2200-7f3c --set limits.concurrent=50"
        })
final class ResumeCommand implements Callable<Integer> {

    @Mixin
    private RunSelector selector;

    @Mixin
    private RecordedJobOptions recorded;

    @Option(
            names = "--accept-changes",
            description = "Resume with the current inventory: new servers are added, removed servers are dropped,"
                    + " and servers that were not started take their new cells.")
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
        try (var session = new RunSession(common, cloud, page)) {
            var run = selector.select(session.runs().findAll(), common.place());
            if (run.state() == RunState.FINISHED
                    && session.runs().findSuccessor(run.runId()).isEmpty()) {
                common.console()
                        .info(
                                "Run %s is finished, so there is nothing to resume. Use 'rerun %s' to repeat the rows that failed."
                                        .formatted(run.runId(), run.runId()));
                return ExitCode.OK.code();
            }
            var job = recorded.of(run, common);
            var changed = acceptChanges && run.rerunOf() == null
                    ? JobOptions.check(job, common, () -> session.recordedInventory(run))
                    : null;
            JobOptions.showWindow(job, common);
            return session.execute(job, service -> service.resume(run, job, recorded.overrides(run), changed));
        }
    }
}
