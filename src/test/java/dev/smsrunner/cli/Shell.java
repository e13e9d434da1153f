package dev.smsrunner.cli;

import dev.smsrunner.cli.console.CommandContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/** Executes commands within this process, as a shell would without a terminal, and keeps what they print. */
public final class Shell {

    private Shell() {}

    /** What a command left behind. */
    public record Said(int exit, String out, String err) {}

    /** Executes the words in an environment of its own. */
    public static Said execute(Map<String, String> environment, String... words) {
        return execute(environment, Clock.systemUTC(), words);
    }

    /** Executes the words on a machine whose clock is this one. */
    public static Said execute(Map<String, String> environment, Clock clock, String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var at = new CommandContext(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false,
                environment,
                clock,
                time -> Thread.sleep(time.toMillis()),
                CommandContext.ofProcess().alive());
        int exit = Cli.execute(at, words);
        return new Said(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
