package dev.smsrunner.database;

import dev.smsrunner.support.PrivateFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * Random password of the embedded database, in a file of mode 0600 beside it. The file is written completely and flushed
 * before the database gets the password, so the database can be opened after a kill at any time.
 */
final class DatabaseKey {

    /** Bytes of the password; the file holds them in base64. */
    private static final int LENGTH = 32;

    private static final int LONGEST_FILE = 256;

    private final Path directory;
    private final Path file;

    DatabaseKey(Path directory) {
        this.directory = directory;
        this.file = directory.resolve("sms-runner.key");
    }

    Path file() {
        return file;
    }

    /**
     * Password; empty when there is no file.
     *
     * @throws DatabaseException when the file does not contain a password
     */
    Optional<String> read() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var text = Files.size(file) > LONGEST_FILE ? "" : Files.readString(file).strip();
        if (!isKey(text)) {
            throw new DatabaseException(
                    "Its password file %s is damaged. Restore the whole directory %s from a backup."
                            .formatted(file, directory),
                    null);
        }
        return Optional.of(text);
    }

    private static boolean isKey(String text) {
        try {
            return Base64.getDecoder().decode(text).length == LENGTH;
        } catch (IllegalArgumentException ex) {
            return false;
        }
    }

    /** Creates a password. */
    String create() throws IOException {
        var bytes = new byte[LENGTH];
        new SecureRandom().nextBytes(bytes);
        var text = Base64.getEncoder().encodeToString(bytes);
        var part = file.resolveSibling("sms-runner.key.part");
        Files.deleteIfExists(part);
        try (var channel = FileChannel.open(
                part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), PrivateFiles.attributes(part))) {
            channel.write(ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.US_ASCII)));
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        makeDurable();
        return text;
    }

    private void makeDurable() {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException ex) {
            // the file system flushes the name later
        }
    }
}
