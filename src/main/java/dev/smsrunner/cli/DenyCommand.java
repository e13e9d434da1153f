package dev.smsrunner.cli;

import dev.smsrunner.ledger.ControlAction;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Denies a gate, so that its rows are held. */
@Command(
        name = "deny",
        header = "Denies a gate, so that its rows are held.",
        description = {
            "Only an approver of the job file may deny. Launches that are under way continue.",
            "The rows end as NOT_LAUNCHED at the end of the run, unless an approver approves the gate before.",
            "The operator is the account, or SMS_RUNNER_ACTOR."
        },
        footer = {
            "",
            "Examples:",
            "  sms-runner deny last go-wave-2 --comment no-backup",
            "  sms-runner deny last go-wave-2 --wave wave-2"
        })
final class DenyCommand implements Callable<Integer> {

    @Mixin
    private GateOptions options;

    @Override
    public Integer call() throws InterruptedException {
        return options.answer(ControlAction.DENY, "deny");
    }
}
