package dev.smsrunner.cli;

import dev.smsrunner.database.PrivateDirectory;
import dev.smsrunner.database.UnsafeDirectoryException;
import dev.smsrunner.support.PrivateFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** Log file with the details of internal errors. */
final class CrashLog {

    private static final String NAME = "internal-errors.log";

    private CrashLog() {}

    /** Appends the failure to the log below the data directory and returns the file. */
    static Path append(Path data, Instant time, Throwable failure) throws IOException {
        var directory = directory(data);
        var file = directory.resolve(NAME);
        if (!Files.exists(file)) {
            createPrivately(file);
        }
        var details = new StringWriter();
        failure.printStackTrace(new PrintWriter(details));
        Files.writeString(
                file, time + " " + details + System.lineSeparator(), StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        return file;
    }

    private static Path directory(Path data) throws IOException {
        try {
            var directory = PrivateDirectory.openDataDirectory(data).resolve("logs");
            PrivateDirectory.create(directory);
            return directory;
        } catch (UnsafeDirectoryException ex) {
            throw new IOException(ex.getMessage(), ex);
        }
    }

    private static void createPrivately(Path file) throws IOException {
        Files.createFile(file, PrivateFiles.attributes(file));
    }
}
