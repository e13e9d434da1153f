package dev.smsrunner.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Root command; it only contains the subcommands. */
@Command(
        name = "sms-runner",
        versionProvider = Version.class,
        header = "Migrates servers in bulk with Huawei Cloud Server Migration Service (SMS).",
        description = "Runs overnight, unattended; may be killed and restarted at any time.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  sms-runner inventory J --out F    write an inventory of the registered servers",
            "  sms-runner plan jobs/demo.yaml    show the plan; changes nothing",
            "  sms-runner run jobs/demo.yaml     start a run, or resume it",
            "  sms-runner status last            show the state of each server",
            "  sms-runner stop last              stop gracefully; running migrations continue",
            "  sms-runner rerun last             repeat rows that did not reach their goal",
            "",
            "See 'sms-runner COMMAND --help' for details."
        },
        subcommands = {
            InventoryCommand.class,
            PlanCommand.class,
            RunCommand.class,
            ResumeCommand.class,
            RerunCommand.class,
            SimulateCommand.class,
            RunsCommand.class,
            StatusCommand.class,
            DashboardCommand.class,
            ControlCommand.class,
            ApproveCommand.class,
            DenyCommand.class,
            ReportCommand.class,
            StopCommand.class,
            CompletionCommand.class,
            VerifyCommand.class,
            HelpCommand.class
        })
final class SmsRunnerCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version and exit.")
    private boolean version;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing command.");
    }
}
