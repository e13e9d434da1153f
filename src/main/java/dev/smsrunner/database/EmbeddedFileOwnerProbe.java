package dev.smsrunner.database;

import dev.smsrunner.support.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Process that has the file of the embedded database open, from a file of mode 0600 beside the socket. The content is valid
 * only while another process holds the lock.
 *
 * @param pid in the namespace of that process
 * @param command its arguments up to the first option; may be empty
 */
record EmbeddedFileOwnerProbe(long pid, String command) {

    private static final int MAX_LENGTH = 200;

    /** This process. */
    static EmbeddedFileOwnerProbe current() {
        return new EmbeddedFileOwnerProbe(
                ProcessHandle.current().pid(), command(System.getProperty("sun.java.command", "")));
    }

    /** Arguments without the program and options, whose values may be long or confidential. */
    static String command(String line) {
        var arguments = new StringBuilder();
        var parts = line.strip().split("\\s+");
        for (int i = 1; i < parts.length && !parts[i].startsWith("-"); i++) {
            arguments.append(arguments.isEmpty() ? "" : " ").append(parts[i]);
        }
        return sanitise(arguments.toString());
    }

    private static String sanitise(String text) {
        var plain = text.replaceAll("[\\p{Cc}\\p{Cf}]+", "?");
        return plain.length() > MAX_LENGTH ? plain.substring(0, MAX_LENGTH) : plain;
    }

    /** Writes the file for waiting processes. */
    void write(Path file) throws IOException {
        PrivateFiles.create(file);
        Files.writeString(file, pid + " " + command + "\n");
    }

    /** Reads the file; empty when there is none. */
    static Optional<EmbeddedFileOwnerProbe> read(Path file) {
        try {
            var parts = Files.isRegularFile(file) && Files.size(file) <= 4L * MAX_LENGTH
                    ? Files.readString(file).strip().split(" ", 2)
                    : new String[0];
            return parts.length == 0
                    ? Optional.empty()
                    : Optional.of(new EmbeddedFileOwnerProbe(
                            Long.parseLong(parts[0]), parts.length == 1 ? "" : sanitise(parts[1])));
        } catch (IOException | NumberFormatException ex) {
            return Optional.empty();
        }
    }

    /** Owner in the file, for a message: {@code process 4711 ("dashboard")}. */
    static String describe(Path file) {
        return read(file)
                .map(holder ->
                        "process " + holder.pid + (holder.command.isEmpty() ? "" : " (\"" + holder.command + "\")"))
                .orElse("another process");
    }

    /** Command that resumes a suspended owner: {@code kill -CONT 4711}. */
    static String resumeCommand(Path file) {
        return "kill -CONT" + read(file).map(holder -> " " + holder.pid).orElse("");
    }
}
