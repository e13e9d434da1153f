package dev.smsrunner.cli;

import dev.smsrunner.cli.console.Console;
import dev.smsrunner.database.PrivateDirectory;
import dev.smsrunner.support.PrivateFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The hosts that credentials were sent to before from this data directory, one a line in {@code <data>/known-endpoints}. A job
 * file may name any https host, and whoever gets a token can use it. So a host that is new is named, and a person at a terminal
 * confirms it once. Without a terminal it is named each time, and not stored unless the operator gave {@code --yes}.
 * This machine itself needs no confirmation.
 */
final class KnownEndpoints {

    private static final String THIS_MACHINE = "(?:localhost|127(?:\\.\\d{1,3}){3}|\\[::1])(?::\\d+)?";

    private static final String NAME = "known-endpoints";

    /** Some thousand hosts, in bytes. */
    private static final int LONGEST = 64 * 1024;

    private final Path data;
    private final @Nullable UnaryOperator<@Nullable String> terminal;
    private final boolean agreed;
    private final Consumer<String> warn;

    /**
     * Those of a data directory.
     *
     * @param terminal shows a question and returns the answer, null at the end of the input; null without a terminal
     * @param agreed whether the operator confirmed every host with {@code --yes}; then there is no question
     * @param warn shows a warning to the operator, whatever else is silent
     */
    KnownEndpoints(
            Path data, @Nullable UnaryOperator<@Nullable String> terminal, boolean agreed, Consumer<String> warn) {
        this.data = data;
        this.terminal = terminal;
        this.agreed = agreed;
        this.warn = warn;
    }

    /**
     * Those that the command knows.
     *
     * @param agreed whether the operator gave {@code --yes}
     */
    static KnownEndpoints of(CommonOptions common, boolean agreed) {
        var console = System.console();
        return new KnownEndpoints(
                common.data,
                console == null ? null : question -> console.readLine("%s", question),
                agreed,
                line -> common.console().warn(line));
    }

    /**
     * Whether the host was confirmed before, or is this machine.
     *
     * @throws dev.smsrunner.database.UnsafeDirectoryException when another user could have written the list
     * @throws CommandException when the list is no regular file of at most 64 KB
     */
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
     * @throws CommandException when the person does not confirm it, or the list cannot be used; nothing was sent
     */
    void confirm(String authority) {
        if (has(authority)) {
            return;
        }
        var what = "Endpoint %s: this data directory has not sent credentials there before."
                .formatted(Console.safe(authority));
        if (agreed) {
            warn.accept(what);
        } else if (terminal == null) {
            warn.accept(
                    what + " This session has no terminal to ask at. Confirm the host at a terminal or with --yes.");
            return;
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

    private Set<String> lines() {
        try {
            var directory = PrivateDirectory.findExisting(data);
            return directory.isEmpty() ? Set.of() : read(directory.get().resolve(NAME));
        } catch (IOException ex) {
            return Set.of();
        }
    }

    private static Set<String> read(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Set.of();
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw unusable(file, "is not a regular file");
        }
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            var bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw unusable(file, "is larger than 64 KB");
            }
            return new String(bytes, StandardCharsets.UTF_8).lines().collect(Collectors.toSet());
        }
    }

    private static CommandException unusable(Path file, String why) {
        return new CommandException(
                ExitCode.BAD_INPUT,
                "%s %s, so the runner did not write it. Nothing was sent. Move it away; each host is asked for again."
                        .formatted(file, why));
    }

    private void add(String authority) {
        try {
            var file = PrivateDirectory.openDataDirectory(data).resolve(NAME);
            PrivateFiles.create(file);
            Files.writeString(file, authority + "\n", StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException ex) {
            warn.accept("%s cannot be written (%s); the host is asked for again next time."
                    .formatted(data.resolve(NAME), FileFailures.text(ex)));
        }
    }
}
