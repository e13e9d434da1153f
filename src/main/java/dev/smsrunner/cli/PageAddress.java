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
 * Tells where the live page is. The address carries the token that lets a browser in, so it goes to a terminal only. Where the
 * output goes to a file, a pipe or a journal, the address is in a file that only its owner can read.
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
        if (common.surroundings().errIsTerminal()) {
            return new PageAddress("Live page: " + address, null);
        }
        var bare = address.substring(0, address.indexOf('#'));
        var file = PrivateDirectory.openDataDirectory(common.data)
                .resolve("live-page-%d.url".formatted(URI.create(bare).getPort()));
        write(file, address);
        return new PageAddress("Live page: %s (open the address in %s: it has the token)".formatted(bare, file), file);
    }

    /** What to tell the operator. */
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

    /** The token ends with the page. */
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
