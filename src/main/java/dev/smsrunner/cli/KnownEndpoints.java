package dev.smsrunner.cli;

import dev.smsrunner.cli.console.Console;
import dev.smsrunner.database.PrivateDirectory;
import dev.smsrunner.support.FileFailures;
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
 * Hosts that received credentials from this data directory, one per line in {@code <data>/known-endpoints}. A job file may
 * contain any https host, and its owner could use a token that it receives. The operator therefore confirms a new host once at a
 * terminal. Without a terminal the runner prints a warning each time and stores the host only with {@code --yes}. Hosts of this
 * machine need no confirmation.
 */
final class KnownEndpoints {

    private static final String THIS_MACHINE = "(?:localhost|127(?:\\.\\d{1,3}){3}|\\[::1])(?::\\d+)?";

    private static final String NAME = "known-endpoints";

    /** Maximum size in bytes, enough for some thousand hosts. */
    private static final int MAX_SIZE = 64 * 1024;

    private final Path data;
    private final @Nullable UnaryOperator<@Nullable String> terminal;
    private final boolean confirmed;
    private final Consumer<String> warn;

    /**
     * Known endpoints of a data directory.
     *
     * @param terminal shows a prompt and returns the answer, null at the end of the input; null without a terminal
     * @param confirmed whether the operator confirmed every host with {@code --yes}, so that no prompt is needed
     * @param warn shows a warning to the operator, also with {@code --quiet}
     */
    KnownEndpoints(
            Path data, @Nullable UnaryOperator<@Nullable String> terminal, boolean confirmed, Consumer<String> warn) {
        this.data = data;
        this.terminal = terminal;
        this.confirmed = confirmed;
        this.warn = warn;
    }

    /**
     * Known endpoints of the data directory of a command.
     *
     * @param confirmed whether the operator gave {@code --yes}
     */
    static KnownEndpoints of(CommonOptions common, boolean confirmed) {
        var console = System.console();
        return new KnownEndpoints(
                common.data,
                console == null ? null : question -> console.readLine("%s", question),
                confirmed,
                line -> common.console().warn(line));
    }

    /**
     * Whether the host was confirmed earlier, or is this machine.
     *
     * @throws dev.smsrunner.database.UnsafeDirectoryException when another user could have written the list
     * @throws CommandException when the list is no regular file of at most 64 KB
     */
    boolean contains(String authority) {
        return authority.matches(THIS_MACHINE) || lines().contains(authority.toLowerCase(Locale.ROOT));
    }

    /** Stores a host that the operator confirmed. */
    void add(String authority) {
        if (!contains(authority)) {
            store(authority.toLowerCase(Locale.ROOT));
        }
    }

    /**
     * Reports a new host and prompts for confirmation at a terminal. The caller must call this before it sends anything.
     *
     * @throws CommandException when the operator does not confirm the host, or the list cannot be used; nothing was sent
     */
    void confirm(String authority) {
        if (contains(authority)) {
            return;
        }
        var text = "Endpoint %s: this data directory has not sent credentials there before."
                .formatted(Console.safe(authority));
        if (confirmed) {
            warn.accept(text);
        } else if (terminal == null) {
            warn.accept(
                    text
                            + " Without a terminal the credentials are sent and the host is not stored. Confirm it at a terminal or with --yes.");
            return;
        } else {
            var answer = terminal.apply(text + " Send them? [y/N] ");
            if (!Console.isYes(answer)) {
                throw new CommandException(
                        ExitCode.REFUSED,
                        "Not confirmed; nothing was sent. Correct service.endpoint, or confirm the host.");
            }
        }
        store(authority.toLowerCase(Locale.ROOT));
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
            var bytes = in.readNBytes(MAX_SIZE + 1);
            if (bytes.length > MAX_SIZE) {
                throw unusable(file, "is larger than 64 KB");
            }
            return new String(bytes, StandardCharsets.UTF_8).lines().collect(Collectors.toSet());
        }
    }

    private static CommandException unusable(Path file, String problem) {
        return CommandException.badInput(
                "%s %s, so the runner did not write it. Nothing was sent. Move the file away, then confirm each host again."
                        .formatted(file, problem));
    }

    private void store(String authority) {
        try {
            var file = PrivateDirectory.openDataDirectory(data).resolve(NAME);
            PrivateFiles.create(file);
            Files.writeString(file, authority + "\n", StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException ex) {
            warn.accept("Cannot write %s (%s). The next run requires the confirmation again."
                    .formatted(data.resolve(NAME), FileFailures.text(ex)));
        }
    }
}
