package dev.smsrunner.cli;

import dev.smsrunner.dashboard.Dashboard;
import dev.smsrunner.database.PrivateDirectory;
import dev.smsrunner.support.PrivateFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Address of the live page. It contains the access token, so the runner prints it to a terminal only. If the output is a file, a
 * pipe or a journal, the runner writes the address to a file that only its owner can read.
 */
final class PageAddress implements AutoCloseable {

    private final String text;
    private final @Nullable Path file;

    private PageAddress(String text, @Nullable Path file) {
        this.text = text;
        this.file = file;
    }

    /** @throws IOException when the file cannot be written */
    static PageAddress of(Dashboard page, CommonOptions common) throws IOException {
        var address = page.address();
        if (common.context().errIsTerminal()) {
            return new PageAddress("Live page: " + address, null);
        }
        var bare = address.substring(0, address.indexOf('#'));
        var file = PrivateDirectory.openDataDirectory(common.data)
                .resolve("live-page-%d.url".formatted(URI.create(bare).getPort()));
        write(file, address);
        return new PageAddress(
                "Live page: %s (open the address in %s: it contains the token)".formatted(bare, file), file);
    }

    /** Message for the operator. */
    String text() {
        return text;
    }

    private static void write(Path file, String address) throws IOException {
        Files.deleteIfExists(file);
        var create = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = Files.newByteChannel(file, create, PrivateFiles.attributes(file))) {
            channel.write(StandardCharsets.UTF_8.encode(address + "\n"));
        }
    }

    /** Deletes the file, since the token expires with the page. */
    @Override
    public void close() {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException ex) {
            // its token is no longer valid
        }
    }
}
