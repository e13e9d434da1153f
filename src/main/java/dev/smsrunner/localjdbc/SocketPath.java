package dev.smsrunner.localjdbc;

import java.io.Closeable;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Address of a socket. A Unix domain socket allows a path of about 100 bytes. A longer path uses a short link in a
 * temporary directory of this process, which is deleted with the address.
 */
final class SocketPath implements Closeable {

    /** {@code sun_path} has 108 bytes on Linux, 104 elsewhere (unix(7)). */
    private static final int LONGEST = 100;

    private final Path path;
    private final @Nullable Path link;

    private SocketPath(Path path, @Nullable Path link) {
        this.path = path;
        this.link = link;
    }

    static SocketPath of(Path socket) throws IOException {
        if (bytes(socket) <= LONGEST) {
            return new SocketPath(socket, null);
        }
        var directory = Files.createTempDirectory("sms");
        if (bytes(directory) > LONGEST - 20) {
            Files.delete(directory);
            directory = Files.createTempDirectory(Path.of("/tmp"), "sms");
        }
        var link = directory.resolve("d");
        Files.createSymbolicLink(link, socket.toAbsolutePath().getParent());
        return new SocketPath(link.resolve(socket.getFileName()), link);
    }

    private static int bytes(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    UnixDomainSocketAddress address() {
        return UnixDomainSocketAddress.of(path);
    }

    @Override
    public void close() throws IOException {
        if (link != null) {
            Files.deleteIfExists(link);
            Files.deleteIfExists(link.getParent());
        }
    }
}
