package dev.smsrunner.ledger;

import java.nio.file.Path;
import java.util.List;

/** The data directory, or something in it, may have been changed by another user. Nothing in it was opened. */
public final class UnsafeDirectoryException extends RuntimeException {

    private final List<String> problems;

    UnsafeDirectoryException(Path directory, List<String> problems) {
        super(
                "The directory %s is not safe to use: another user can change what is in it. Nothing was opened and nothing was changed. Correct each of the following, or name another directory with --data."
                        .formatted(directory));
        this.problems = List.copyOf(problems);
    }

    /** One line for each problem: the path, what is wrong and the command that corrects it. Never empty. */
    public List<String> problems() {
        return problems;
    }
}
