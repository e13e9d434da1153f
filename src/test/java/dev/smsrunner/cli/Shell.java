package dev.smsrunner.cli;

import dev.smsrunner.cli.console.CommandContext;
import dev.smsrunner.support.SuggestedCommands;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/** Executes commands within this process without a terminal and captures their output. */
public final class Shell {

    private Shell() {}

    /** Exit code and output of a command. */
    public record Result(int exit, String out, String err) {}

    /** Executes a command with the given environment. */
    public static Result execute(Map<String, String> environment, String... arguments) {
        return execute(environment, Clock.systemUTC(), arguments);
    }

    /** Executes a command with the given clock. */
    public static Result execute(Map<String, String> environment, Clock clock, String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var context = new CommandContext(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                environment,
                SuggestedCommands.PROGRAM,
                clock,
                time -> Thread.sleep(time.toMillis()),
                CommandContext.ofProcess().alive());
        int exit = Cli.execute(context, arguments);
        return new Result(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
