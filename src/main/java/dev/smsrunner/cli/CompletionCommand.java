package dev.smsrunner.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what teaches a shell the commands and options. */
@Command(
        name = "completion",
        header = "Prints a script that teaches bash or zsh to complete commands and options.",
        description = "The program must be known to the shell as 'sms-runner': an alias or a function will do.",
        footer = {
            "",
            "For bash, in ~/.bashrc; for zsh, in ~/.zshrc after 'autoload -U bashcompinit; bashcompinit':",
            "  alias sms-runner='java -jar /opt/sms-runner/sms-runner.jar'",
            "  source <(sms-runner completion)"
        })
final class CompletionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Override
    public Integer call() {
        var program = spec.root().commandLine();
        common.console().result(AutoComplete.bash(spec.root().name(), program));
        return ExitCode.OK.code();
    }
}
