package dev.smsrunner.database;

import java.nio.file.Path;
import java.util.List;

/** The data directory, or something in it, may have been changed by another user, or has a path that H2 misreads. Nothing in it was opened. */
public final class UnsafeDirectoryException extends RuntimeException {

    private final List<String> problems;

    UnsafeDirectoryException(Path directory, List<String> problems) {
        super(
                "The directory %s is not safe to use: another user can change what is in it. Nothing was opened and nothing was changed. Correct each of the following, or name another directory with --data."
                        .formatted(directory));
        this.problems = List.copyOf(problems);
    }

    private UnsafeDirectoryException(String message) {
        super(message);
        this.problems = List.of();
    }

    /** The path was replaced between the check and the opening. */
    static UnsafeDirectoryException changed(Path path) {
        return new UnsafeDirectoryException(
                "%s was replaced while the database was being opened. Nothing in it was opened. Find out who did so, then give the same command again."
                        .formatted(path));
    }

    /** H2 would read a part of the path as something else. */
    static UnsafeDirectoryException unreadable(Path directory, String why) {
        return new UnsafeDirectoryException(
                "The data directory %s cannot be used: %s. Nothing was opened. Name another directory with --data."
                        .formatted(directory, why));
    }

    /**
     * One line for each problem: the path, what is wrong and the command that corrects it. Empty when the message says it all.
     */
    public List<String> problems() {
        return problems;
    }
}
