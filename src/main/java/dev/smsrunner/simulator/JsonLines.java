package dev.smsrunner.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An append-only file of JSON lines. A line reaches the operating system before {@code append} returns, so it survives a
 * killed process. Opening the file drops a last line truncated by a kill.
 */
final class JsonLines implements AutoCloseable {

    private final Path path;
    private final @Nullable FileChannel channel;
    private final List<String> earlier;

    private JsonLines(Path path, @Nullable FileChannel channel, List<String> earlier) {
        this.path = path;
        this.channel = channel;
        this.earlier = earlier;
    }

    /** No file: nothing is written. */
    static JsonLines none() {
        return new JsonLines(Path.of(""), null, List.of());
    }

    /** @throws IOException when the file cannot be opened or another process has it open */
    static JsonLines open(Path path) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
        FileChannel channel = isPosix(path)
                ? FileChannel.open(path, options, permissions("rw-------"))
                : FileChannel.open(path, options);
        lock(path, channel);
        String whole = wholeLines(Files.readAllBytes(path));
        channel.truncate(whole.getBytes(StandardCharsets.UTF_8).length);
        channel.position(channel.size());
        return new JsonLines(path, channel, whole.lines().toList());
    }

    /** Creates a directory with owner-only permissions. An existing directory keeps its permissions. */
    static void createPrivately(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        if (isPosix(directory)) {
            Files.createDirectories(directory, permissions("rwx------"));
        } else {
            Files.createDirectories(directory);
        }
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static FileAttribute<Set<PosixFilePermission>> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }

    private static void lock(Path path, FileChannel channel) throws IOException {
        boolean locked;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException ex) {
            locked = false;
        }
        if (!locked) {
            channel.close();
            throw new IOException(
                    path + " is in use by another simulator. Stop it or choose another --state directory.");
        }
    }

    private static String wholeLines(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return new String(Arrays.copyOf(bytes, end), StandardCharsets.UTF_8);
    }

    /** The lines present when the file was opened. */
    <T> List<T> earlier(Class<T> type) {
        return earlier.stream()
                .map(line -> SimulatorJson.MAPPER.readValue(line, type))
                .toList();
    }

    void append(Object value) {
        if (channel == null) {
            return;
        }
        ByteBuffer line = ByteBuffer.wrap(
                (SimulatorJson.MAPPER.writeValueAsString(value) + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (line.hasRemaining()) {
                channel.write(line);
            }
        } catch (IOException ex) {
            throw new UncheckedIOException("Cannot write " + path, ex);
        }
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException ex) {
            throw new UncheckedIOException("Cannot close " + path, ex);
        }
    }
}
