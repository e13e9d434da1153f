package dev.smsrunner.cli;

import dev.smsrunner.cli.console.CommandContext;
import dev.smsrunner.cli.console.Console;
import dev.smsrunner.cli.console.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads the words of the command line and does what they ask. */
public final class Cli {

    private Cli() {}

    /** Does what the words ask and returns the exit code. */
    public static int execute(String... words) {
        var at = CommandContext.ofProcess();
        System.setOut(at.out());
        System.setErr(at.err());
        int code = execute(at, words);
        at.out().checkError(); // writes out what a run printed, as far as the reader takes it
        at.err().checkError();
        return code;
    }

    static int execute(CommandContext at, String... words) {
        var line = commandLine(at);
        boolean unknown = words.length > 0
                && !words[0].startsWith("-")
                && !line.getSubcommands().containsKey(words[0]);
        // An unknown command is an error even when --help follows it.
        return unknown ? line.execute(words[0]) : line.execute(words);
    }

    /** The commands, ready to be executed; package-private so that the help of each can be tested. */
    static CommandLine commandLine(CommandContext at) {
        var line = new CommandLine(new SmsRunnerCommand(), factory(at));
        tellExitCodes(line);
        boolean colours = Terminal.colours(at.outIsTerminal(), false, at.environment());
        return line.setOut(new PrintWriter(at.out(), true))
                .setErr(new PrintWriter(at.err(), true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(colours ? Ansi.ON : Ansi.OFF))
                .setUsageHelpAutoWidth(at.outIsTerminal())
                .setUsageHelpLongOptionsMaxWidth(24)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(Cli::execute)
                .setParameterExceptionHandler((failure, wrong) -> wrongWords(at, failure))
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(at, failure, parsed))
                .setExitCodeExceptionMapper(failure -> ExitCode.BAD_INPUT.code());
    }

    /** An error of the machine would otherwise end the process with 1, which means that rows failed. */
    private static int execute(ParseResult parsed) {
        try {
            return new CommandLine.RunLast().execute(parsed);
        } catch (Error ex) {
            throw new CommandLine.ExecutionException(parsed.commandSpec().commandLine(), "", ex);
        }
    }

    private static void tellExitCodes(CommandLine line) {
        line.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.list());
        line.getSubcommands().values().forEach(Cli::tellExitCodes);
    }

    /** Gives the surroundings to the parts that ask for them. */
    private static IFactory factory(CommandContext at) {
        var others = CommandLine.defaultFactory();
        return new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                return type == CommonOptions.class ? type.cast(new CommonOptions(at)) : others.create(type);
            }
        };
    }

    private static int wrongWords(CommandContext at, ParameterException failure) {
        var command = failure.getCommandLine();
        new Console(at, false, false).error(wrong(failure));
        at.err().println("See '%s --help'.".formatted(command.getCommandSpec().qualifiedName()));
        return ExitCode.BAD_INPUT.code();
    }

    private static String wrong(ParameterException failure) {
        if (!(failure instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return String.valueOf(failure.getMessage());
        }
        var word = unmatched.getUnmatched().get(0);
        var spec = unmatched.getCommandLine().getCommandSpec();
        if (word.startsWith("-")) {
            return "Unknown option '%s'.%s".formatted(word, hint(word, spec));
        }
        var commands = spec.subcommands().keySet();
        return commands.isEmpty()
                ? "Too many words: '%s' is one that '%s' does not take.".formatted(word, spec.name())
                : "Unknown command '%s'.%s".formatted(word, DidYouMean.question(word, commands));
    }

    private static String hint(String word, CommandSpec spec) {
        boolean ofCommand = spec.subcommands().values().stream()
                .anyMatch(command -> options(command.getCommandSpec()).contains(word.replaceFirst("=.*", "")));
        return ofCommand
                ? " It is an option of the commands: write it after the command."
                : DidYouMean.question(word, options(spec));
    }

    private static List<String> options(CommandSpec spec) {
        return spec.options().stream().flatMap(each -> Stream.of(each.names())).toList();
    }

    private static int failed(CommandContext at, Exception thrown, ParseResult parsed) {
        var failure = thrown instanceof CommandLine.ExecutionException && thrown.getCause() != null
                ? thrown.getCause()
                : thrown;
        var console = new Console(at, false, false);
        var ending = ExitCodeMapper.of(failure);
        var message = ending.message();
        console.error(message != null ? message : internal(at, failure, parsed));
        ending.details().forEach(line -> at.err().println("  " + Console.safe(line)));
        return ending.exitCode().code();
    }

    private static String internal(CommandContext at, Throwable failure, ParseResult parsed) {
        var what = "Internal error (%s). ".formatted(failure);
        try {
            var file = CrashLog.append(data(parsed), at.clock().instant(), failure);
            return what + "Details are in %s; the same command can be run again.".formatted(file);
        } catch (IOException ex) {
            return what + "Its details could not be written: %s.".formatted(ex);
        }
    }

    private static Path data(ParseResult parsed) {
        var last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        return last.matchedOptionValue("--data", Path.of("./data"));
    }
}
