package dev.smsrunner.cli;

import dev.smsrunner.ledger.ControlAction;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Approves a gate, so that its rows are launched or started. */
@Command(
        name = "approve",
        header = "Approves a gate, so that its rows are launched or started.",
        description = {
            "Only an approver of the job file may approve, and not the operator who began the run, unless the gate",
            "has self-approval. An approval is valid for the time in gates.<name>.expires, and for the rows as they are.",
            "The operator is the account, or SMS_RUNNER_ACTOR."
        },
        footer = {
            "",
            "Examples:",
            "  sms-runner approve last go-wave-2 --comment CHG-4711",
            "  sms-runner approve last go-wave-2 --server erp-db-01"
        })
final class ApproveCommand implements Callable<Integer> {

    @Mixin
    private GateOptions options;

    @Override
    public Integer call() throws InterruptedException {
        return options.answer(ControlAction.APPROVE, "approve");
    }
}
