package dev.smsrunner.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the completion script of a shell. */
@Command(
        name = "completion",
        header = "Prints a completion script of commands and options for bash and zsh.",
        description = "It completes the word 'sms-runner', also after a path such as bin/sms-runner.",
        footer = {
            "",
            "For bash, in ~/.bashrc; for zsh, in ~/.zshrc after 'autoload -U bashcompinit; bashcompinit':",
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
