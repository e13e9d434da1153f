package dev.smsrunner.cli.console;

import dev.smsrunner.cloud.ServiceClock;
import dev.smsrunner.ledger.Lease;
import dev.smsrunner.run.lease.ProcessIdentity;
import dev.smsrunner.support.Sleeper;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Where a command runs: what it prints to, the environment and the clock.
 *
 * @param out results
 * @param err progress and errors
 * @param outIsTerminal whether a person, not a pipe or a file, reads {@code out}
 * @param errIsTerminal the same for {@code err}
 * @param pause how a command that waits for another process waits
 * @param alive whether the process that holds a lease still lives
 */
public record CommandContext(
        PrintStream out,
        PrintStream err,
        boolean outIsTerminal,
        boolean errIsTerminal,
        Map<String, String> environment,
        Clock clock,
        Sleeper pause,
        Predicate<Lease> alive) {

    /** Those of this process. Both streams are UTF-8, whatever the locale says. */
    public static CommandContext ofProcess() {
        var printer = Printer.ofProcess();
        return new CommandContext(
                printer.out(),
                printer.err(),
                Terminal.is(1),
                Terminal.is(2),
                System.getenv(),
                new ServiceClock(Clock.systemUTC(), System::nanoTime),
                Sleeper.REAL,
                lease -> !lease.isFree() && !ProcessIdentity.isGone(lease));
    }
}
