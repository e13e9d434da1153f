package dev.smsrunner.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/**
 * Where a command runs: what it prints to, the environment and the clock.
 *
 * @param out results
 * @param err progress and errors
 * @param outIsTerminal whether a person, not a pipe or a file, reads {@code out}
 * @param errIsTerminal the same for {@code err}
 */
record Surroundings(
        PrintStream out,
        PrintStream err,
        boolean outIsTerminal,
        boolean errIsTerminal,
        Map<String, String> environment,
        Clock clock) {

    /** Those of this process. Both streams are UTF-8, whatever the locale says. */
    static Surroundings ofProcess() {
        return new Surroundings(
                printing(FileDescriptor.out),
                printing(FileDescriptor.err),
                Terminal.is(1),
                Terminal.is(2),
                System.getenv(),
                Clock.systemUTC());
    }

    private static PrintStream printing(FileDescriptor where) {
        OutputStream stream = new FileOutputStream(where);
        return new PrintStream(stream, true, StandardCharsets.UTF_8);
    }
}
