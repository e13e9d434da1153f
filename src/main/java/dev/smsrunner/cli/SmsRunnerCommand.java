package dev.smsrunner.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program itself: it does nothing but name its commands. */
@Command(
        name = "sms-runner",
        versionProvider = Version.class,
        header = "Migrates servers in bulk with Huawei Cloud Server Migration Service (SMS).",
        description = "Runs overnight, unattended; may be killed and started again at any instant.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  sms-runner plan jobs/demo.yaml    what would be done; changes nothing",
            "  sms-runner run jobs/demo.yaml     do it, or go on where it ended",
            "  sms-runner status last            where each server is",
            "  sms-runner stop last              end gracefully; remote work goes on",
            "  sms-runner rerun last             repeat what failed or never started",
            "",
            "'sms-runner COMMAND --help' tells more."
        },
        subcommands = {
            PlanCommand.class,
            RunCommand.class,
            ResumeCommand.class,
            RerunCommand.class,
            SimulateCommand.class,
            RunsCommand.class,
            StatusCommand.class,
            DashboardCommand.class,
            ControlCommand.class,
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
        throw new ParameterException(spec.commandLine(), "Missing the command: what should be done?");
    }
}
