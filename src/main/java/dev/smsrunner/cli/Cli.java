package dev.smsrunner.cli;

import dev.smsrunner.cli.console.CommandContext;
import dev.smsrunner.cli.console.Console;
import dev.smsrunner.cli.console.Terminal;
import dev.smsrunner.inventory.QuotedText;
import dev.smsrunner.support.FileFailures;
import dev.smsrunner.support.SuggestedCommands;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Entry point of the command line. */
public final class Cli {

    private Cli() {}

    /** Executes the arguments as a command and returns its exit code. */
    public static int execute(String... args) {
        var context = CommandContext.ofProcess();
        LogManager.getLogManager().reset(); // otherwise the database driver and the JDK write to the terminal
        System.setOut(context.out());
        System.setErr(context.err());
        int code = execute(context, args);
        context.out().checkError(); // flushes the output of a run, as far as its reader accepts it
        context.err().checkError();
        return code;
    }

    static int execute(CommandContext context, String... args) {
        var line = commandLine(context);
        boolean unknown = args.length > 0
                && !args[0].startsWith("-")
                && !line.getSubcommands().containsKey(args[0]);
        // An unknown command is an error even when --help follows it.
        return unknown ? line.execute(args[0]) : line.execute(args);
    }

    /** Builds the command line; package-private so that tests can read the help of each command. */
    static CommandLine commandLine(CommandContext context) {
        var line = new CommandLine(new SmsRunnerCommand(), factory(context));
        addExitCodes(line);
        boolean colours = Terminal.colours(context.outIsTerminal(), false, context.environment());
        return line.setOut(new PrintWriter(context.out(), true))
                .setErr(new PrintWriter(context.err(), true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(colours ? Ansi.ON : Ansi.OFF))
                .setUsageHelpAutoWidth(context.outIsTerminal())
                .setUsageHelpLongOptionsMaxWidth(24)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Path.class, CommonOptions::path)
                .setExecutionStrategy(Cli::execute)
                .setParameterExceptionHandler((failure, args) -> reportUsageError(context, failure))
                .setExecutionExceptionHandler((failure, command, parsed) -> reportFailure(context, failure, parsed))
                .setExitCodeExceptionMapper(failure -> ExitCode.BAD_INPUT.code());
    }

    /** Wraps errors of the JVM: without this the process would exit with 1, which means that rows failed. */
    private static int execute(ParseResult parsed) {
        try {
            return new CheckedCommand().execute(parsed);
        } catch (Error ex) {
            throw new CommandLine.ExecutionException(parsed.commandSpec().commandLine(), "", ex);
        }
    }

    /** Runs the last command after a check of the settings that all commands share; help needs no check. */
    private static final class CheckedCommand extends CommandLine.RunLast {

        @Override
        protected List<Object> handle(ParseResult parsed) {
            var last = parsed.asCommandLineList().get(parsed.asCommandLineList().size() - 1);
            try {
                last.getCommandSpec().mixins().values().stream()
                        .map(CommandSpec::userObject)
                        .filter(CommonOptions.class::isInstance)
                        .map(CommonOptions.class::cast)
                        .forEach(CommonOptions::verifyDatabaseSettings);
            } catch (RuntimeException ex) {
                throw new CommandLine.ExecutionException(last, String.valueOf(ex.getMessage()), ex);
            }
            return super.handle(parsed);
        }
    }

    private static void addExitCodes(CommandLine line) {
        line.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.list());
        line.getSubcommands().values().forEach(Cli::addExitCodes);
    }

    /** Factory that passes the context to the common options. */
    private static IFactory factory(CommandContext context) {
        var defaults = CommandLine.defaultFactory();
        return new IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                return type == CommonOptions.class ? type.cast(new CommonOptions(context)) : defaults.create(type);
            }
        };
    }

    private static int reportUsageError(CommandContext context, ParameterException failure) {
        var command = failure.getCommandLine();
        new Console(context, false, false).error(usageError(failure));
        var name = command.getCommandSpec().qualifiedName().substring(SuggestedCommands.PROGRAM.length());
        context.err().println("See '%s%s --help'.".formatted(context.program(), name));
        return ExitCode.BAD_INPUT.code();
    }

    private static String usageError(ParameterException failure) {
        if (failure.getArgSpec() instanceof OptionSpec option
                && option.typeInfo().isMap()
                && failure.getValue() != null
                && !failure.getValue().contains("=")) {
            return "%s %s has no '='. Write %s %s, for example %s limits.concurrent=50."
                    .formatted(
                            option.longestName(),
                            QuotedText.of(failure.getValue()),
                            option.longestName(),
                            option.paramLabel(),
                            option.longestName());
        }
        if (!(failure instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return String.valueOf(failure.getMessage());
        }
        var argument = unmatched.getUnmatched().get(0);
        var spec = unmatched.getCommandLine().getCommandSpec();
        if (argument.startsWith("-")) {
            return "Unknown option '%s'.%s".formatted(argument, hint(argument, spec));
        }
        var commands = spec.subcommands().keySet();
        return commands.isEmpty()
                ? "Unexpected argument '%s' for command '%s'.".formatted(argument, spec.name())
                : "Unknown command '%s'.%s".formatted(argument, DidYouMean.question(argument, commands));
    }

    private static String hint(String option, CommandSpec spec) {
        boolean ofCommand = spec.subcommands().values().stream()
                .anyMatch(command -> options(command.getCommandSpec()).contains(option.replaceFirst("=.*", "")));
        return ofCommand
                ? " It is an option of the commands. Put it after the command."
                : DidYouMean.question(option, options(spec));
    }

    private static List<String> options(CommandSpec spec) {
        return spec.options().stream().flatMap(each -> Stream.of(each.names())).toList();
    }

    private static int reportFailure(CommandContext context, Exception thrown, ParseResult parsed) {
        var failure = thrown instanceof CommandLine.ExecutionException && thrown.getCause() != null
                ? thrown.getCause()
                : thrown;
        var console = new Console(context, false, false);
        var mapped = ExceptionExitCodes.of(failure);
        var message = mapped.message();
        console.error(message != null ? message : internalError(context, failure, parsed));
        mapped.details().forEach(line -> context.err().println("  " + Console.safe(line)));
        return mapped.exitCode().code();
    }

    private static String internalError(CommandContext context, Throwable failure, ParseResult parsed) {
        var text = "Internal error (%s). ".formatted(failure);
        try {
            var file = CrashLog.append(dataDirectory(parsed), context.clock().instant(), failure);
            return text + "Details are in %s. You can repeat the command.".formatted(file);
        } catch (IOException ex) {
            return text + "Cannot write the details: %s.".formatted(FileFailures.textWithFile(ex));
        }
    }

    private static Path dataDirectory(ParseResult parsed) {
        var last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        return last.matchedOptionValue("--data", Path.of("./data"));
    }
}
