package dev.smsrunner.cli;

import dev.smsrunner.cli.console.CommandContext;
import dev.smsrunner.ledger.Lease;
import dev.smsrunner.support.Sleeper;
import dev.smsrunner.support.SuggestedCommands;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Executes commands in this process and captures their output. */
public final class InProcessCli {

    private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private boolean terminal;
    private Predicate<Lease> alive = lease -> !lease.isFree();
    private Sleeper pause = time -> {
        throw new AssertionError("unexpected wait");
    };

    public InProcessCli environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public InProcessCli onTerminal() {
        terminal = true;
        return this;
    }

    /** Simulates a dead lease holder whose lease has not expired. */
    InProcessCli withDeadHolder() {
        alive = lease -> false;
        return this;
    }

    /** Action at each wait of the command. */
    InProcessCli meanwhile(Sleeper action) {
        pause = action;
        return this;
    }

    int execute(String... arguments) {
        outBytes.reset();
        errBytes.reset();
        return Cli.execute(context(), arguments);
    }

    public CommandContext context() {
        return new CommandContext(
                new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                new PrintStream(errBytes, true, StandardCharsets.UTF_8),
                terminal,
                terminal,
                environment,
                SuggestedCommands.PROGRAM,
                Clock.fixed(Instant.parse("2026-11-22T01:00:00Z"), ZoneOffset.UTC),
                pause,
                alive);
    }

    String out() {
        return outBytes.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return errBytes.toString(StandardCharsets.UTF_8);
    }
}
