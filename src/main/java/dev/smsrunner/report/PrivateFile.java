package dev.smsrunner.report;

import dev.smsrunner.support.PrivateFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;

/** Atomic writer of files that only their owner can read. */
final class PrivateFile {

    private static final String PREFIX = ".unfinished-";
    private static final Duration STALE_AFTER = Duration.ofHours(1);

    private PrivateFile() {}

    /**
     * Writes a temporary file in the same directory, syncs it to disk, and renames it.
     *
     * @param directory directory of the file
     */
    static void write(Path directory, Path file, Reports.Content content) throws IOException {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file + " is a directory");
        }
        var temporary = createTemporary(directory);
        try {
            fill(temporary, content);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(directory);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Creates a temporary file in the directory; the caller deletes it. */
    static Path createTemporary(Path directory) throws IOException {
        return Files.createTempFile(directory, PREFIX, ".tmp", PrivateFiles.attributes(directory));
    }

    /** Deletes temporary files of killed processes. */
    static void deleteStale(Path directory, Instant now) throws IOException {
        try (var files = Files.newDirectoryStream(directory, PREFIX + "*.tmp")) {
            for (var file : files) {
                var writtenAt = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                        .toInstant();
                if (writtenAt.plus(STALE_AFTER).isBefore(now)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static void fill(Path file, Reports.Content content) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
                var out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
            content.writeTo(out);
            out.flush();
            channel.force(true);
        }
    }

    private static void force(Path directory) {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException ex) {
            // the file is complete either way; only a power loss could restore the earlier one
        }
    }
}
