package dev.smsrunner.database;

import java.nio.file.Path;
import java.util.List;

/**
 * Thrown when another user may have changed the data directory or its contents, or when its path cannot be used. Nothing in it
 * was opened.
 */
public final class UnsafeDirectoryException extends RuntimeException {

    private final List<String> problems;

    UnsafeDirectoryException(Path directory, List<String> problems) {
        super(
                "The directory %s is not safe to use: another user can change its contents. Nothing was opened and nothing was changed. Correct each of the following, or set another directory with --data."
                        .formatted(directory));
        this.problems = List.copyOf(problems);
    }

    private UnsafeDirectoryException(String message) {
        super(message);
        this.problems = List.of();
    }

    /** Failure of a path that was replaced between the check and the opening. */
    static UnsafeDirectoryException changed(Path path) {
        return new UnsafeDirectoryException(
                "%s was replaced while the database was being opened. Nothing in it was opened. Find out who replaced it, then run the same command again."
                        .formatted(path));
    }

    /** Failure of a path that H2 would misread. */
    static UnsafeDirectoryException unreadable(Path directory, String why) {
        return new UnsafeDirectoryException(
                "The data directory %s cannot be used: %s. Nothing was opened. Set another directory with --data."
                        .formatted(directory, why));
    }

    /**
     * Failure of a directory that this process may not read, create or write.
     *
     * @param problem main clause with the directory
     * @param other whether another user may be able to
     */
    static UnsafeDirectoryException denied(String problem, boolean other) {
        var advice = other
                ? "Run the command as the user who owns the directory, or set another directory with --data."
                : "Set another directory with --data.";
        return new UnsafeDirectoryException("%s. Nothing was changed. %s".formatted(problem, advice));
    }

    /** One line for each problem: path, problem and command that corrects it. Empty when the message is complete. */
    public List<String> problems() {
        return problems;
    }
}
