package dev.smsrunner.cli.console;

import dev.smsrunner.cloud.ServiceClock;
import dev.smsrunner.ledger.Lease;
import dev.smsrunner.run.lease.ProcessIdentity;
import dev.smsrunner.support.Sleeper;
import dev.smsrunner.support.SuggestedCommands;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Environment of a command: its streams, variables and clock.
 *
 * @param out stream of results
 * @param err stream of progress and errors
 * @param outIsTerminal whether {@code out} is a terminal
 * @param errIsTerminal whether {@code err} is a terminal
 * @param program name of the program in suggested commands, quoted for a shell
 * @param pause sleeper of commands that wait for another process
 * @param alive whether the holder of a lease is alive
 */
public record CommandContext(
        PrintStream out,
        PrintStream err,
        boolean outIsTerminal,
        boolean errIsTerminal,
        Map<String, String> environment,
        String program,
        Clock clock,
        Sleeper pause,
        Predicate<Lease> alive) {

    /** Makes the output independent of its readers: a command that executes a run never waits for one. */
    public void detach() {
        if (out instanceof PrinterStream printed) {
            printed.detach();
        }
    }

    /** Context of this process. Both streams use UTF-8, regardless of the locale. */
    public static CommandContext ofProcess() {
        var printer = Printer.ofProcess();
        return new CommandContext(
                printer.out(),
                printer.err(),
                Terminal.is(1),
                Terminal.is(2),
                System.getenv(),
                SuggestedCommands.program(System.getProperty(SuggestedCommands.PROPERTY)),
                new ServiceClock(Clock.systemUTC(), System::nanoTime),
                Sleeper.REAL,
                lease -> !lease.isFree() && !ProcessIdentity.isGone(lease));
    }
}
