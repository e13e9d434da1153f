package dev.smsrunner.report;

import dev.smsrunner.database.PrivateFiles;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;

/** Puts a file into place whole or not at all, readable by its owner only. */
final class PrivateFile {

    private static final String PREFIX = ".unfinished-";
    private static final Duration LEFT_BEHIND = Duration.ofHours(1);

    /** What a file holds. */
    @FunctionalInterface
    interface Content {
        /** Writes it. */
        void to(OutputStream out) throws IOException;
    }

    private PrivateFile() {}

    /** Writes beside the file, makes sure that the disk has it, and renames. */
    static void write(Path file, Content content) throws IOException {
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(file + " is a directory");
        }
        var directory = file.getParent();
        var unfinished = unfinished(directory);
        try {
            fill(unfinished, content);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(directory);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** A new file in the directory for the way to another one; whoever asked for it deletes it. */
    static Path unfinished(Path directory) throws IOException {
        return Files.createTempFile(directory, PREFIX, ".tmp", PrivateFiles.attributes(directory));
    }

    /** Removes what a killed process has left in the directory. */
    static void tidy(Path directory, Instant now) throws IOException {
        try (var left = Files.newDirectoryStream(directory, PREFIX + "*.tmp")) {
            for (var file : left) {
                var written = Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                        .toInstant();
                if (written.plus(LEFT_BEHIND).isBefore(now)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static void fill(Path file, Content content) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE);
                var out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
            content.to(out);
            out.flush();
            channel.force(true);
        }
    }

    private static void force(Path directory) {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException ex) {
            // the file is whole either way; only a power loss could bring the earlier one back
        }
    }
}
