package dev.smsrunner.cli;

import dev.smsrunner.ledger.PrivateDirectory;
import dev.smsrunner.ledger.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that credentials were sent to before from this data directory, one a line in {@code <data>/known-endpoints}. A job
 * file may name any https host, and whoever gets a token can use it. So a host that is new is named, and a person at a terminal
 * confirms it once. This machine itself needs no confirmation.
 */
final class KnownEndpoints {

    private static final String THIS_MACHINE = "(?:localhost|127(?:\\.\\d{1,3}){3}|\\[::1])(?::\\d+)?";

    private final Path data;
    private final @Nullable UnaryOperator<@Nullable String> terminal;
    private final Consumer<String> say;

    /**
     * Those of a data directory.
     *
     * @param terminal shows a question and returns the answer, null at the end of the input; null where nobody can be asked
     * @param say shows a line to the operator
     */
    KnownEndpoints(Path data, @Nullable UnaryOperator<@Nullable String> terminal, Consumer<String> say) {
        this.data = data;
        this.terminal = terminal;
        this.say = say;
    }

    /**
     * Those that the command knows.
     *
     * @param asks whether a person at the terminal, where there is one, is asked for a new host
     */
    static KnownEndpoints of(CommonOptions common, boolean asks) {
        var console = asks ? System.console() : null;
        return new KnownEndpoints(
                common.data,
                console == null ? null : question -> console.readLine("%s", question),
                line -> common.console().say(line));
    }

    /** Whether credentials were sent to the host before, or it is this machine. */
    boolean has(String authority) {
        return authority.matches(THIS_MACHINE) || lines().contains(authority.toLowerCase(Locale.ROOT));
    }

    /** Remembers the host, which the operator confirmed. */
    void confirmed(String authority) {
        if (!has(authority)) {
            add(authority.toLowerCase(Locale.ROOT));
        }
    }

    /**
     * Names a host that is new and asks for it where a person can be asked. To be called before anything is sent to it.
     *
     * @throws CommandException when the person does not confirm it; nothing was sent
     */
    void confirm(String authority) {
        if (has(authority)) {
            return;
        }
        var what = "Endpoint %s: this data directory has not sent credentials there before."
                .formatted(Console.safe(authority));
        if (terminal == null) {
            say.accept("warning: " + what);
        } else {
            var answer = terminal.apply(what + " Send them? [y/N] ");
            if (answer == null || !answer.strip().toLowerCase(Locale.ROOT).startsWith("y")) {
                throw new CommandException(
                        ExitCode.REFUSED,
                        "Not confirmed; nothing was sent. Correct service.endpoint, or confirm the host.");
            }
        }
        add(authority.toLowerCase(Locale.ROOT));
    }

    private Path file() {
        return data.resolve("known-endpoints");
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(file());
        } catch (IOException noneOrUnreadable) {
            return List.of();
        }
    }

    private void add(String authority) {
        try {
            PrivateDirectory.ofData(data);
            PrivateFiles.create(file());
            Files.writeString(file(), authority + "\n", StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            say.accept("warning: %s cannot be written (%s); the host is asked for again next time."
                    .formatted(file(), FileFailures.text(unwritable)));
        }
    }
}
