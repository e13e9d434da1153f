package dev.smsrunner.database;

import dev.smsrunner.support.FileFailures;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Thrown when the database cannot be used; the message contains the cause and the remedy. */
public final class DatabaseException extends RuntimeException {

    /** FILE_CORRUPTED_1, IO_EXCEPTION_1 and GENERAL_ERROR_1 in the driver's list of errors. */
    private static final Set<Integer> DAMAGE_CODES = Set.of(90030, 90028, 50000);

    /** Errors of the machine, which prove nothing about the file. */
    private static final Pattern ENVIRONMENT_ERRORS =
            Pattern.compile("quota|too many open files|stale|input/output error", Pattern.CASE_INSENSITIVE);

    DatabaseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Failure of a pooler whose connections share the sessions of the server. */
    static DatabaseException sharedSessions() {
        return new DatabaseException(
                "A connection pooler in transaction mode answers there, but the runner needs a session of its own for each connection. Use the address of the PostgreSQL server itself, or a pool in session mode (PgBouncer: pool_mode=session).",
                null);
    }

    static DatabaseException cannotOpen(String which, Exception failure) {
        if (failure instanceof DatabaseException known) {
            return new DatabaseException("Cannot use %s. %s".formatted(which, known.getMessage()), failure);
        }
        return new DatabaseException(
                "Cannot open %s: %s. Check that this user may read and write its directory, then run the same command again."
                        .formatted(which, innermost(failure)),
                failure);
    }

    /** Failure of the embedded database, whose file may be damaged. */
    static DatabaseException cannotOpen(String which, Path file, Exception failure) {
        var full = innermost(failure).contains("No space left");
        if (!full && (failure instanceof DatabaseException || !Files.exists(file))) {
            return cannotOpen(which, failure);
        }
        var advice = full
                ? "Free space on its disk, then run the same command again."
                : isDamaged(file, failure)
                        ? "It is damaged. Restore it from a backup; or move the directory %s away, and the same command starts a new run: existing tasks of the servers in the cloud are taken over, not created again."
                                .formatted(file.getParent())
                        : "Check that it is a file that this user may read and write, then run the same command again.";
        return new DatabaseException(
                "Cannot open %s, file %s: %s. %s".formatted(which, file.getFileName(), innermost(failure), advice),
                failure);
    }

    private static boolean isDamaged(Path file, Throwable failure) {
        if (ENVIRONMENT_ERRORS.matcher(innermost(failure)).find()) {
            return false;
        }
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused && DAMAGE_CODES.contains(refused.getErrorCode())) {
                return Files.isRegularFile(file) && Files.isReadable(file) && Files.isWritable(file);
            }
        }
        return false;
    }

    static String innermost(Throwable failure) {
        var text = failure.getMessage();
        for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            text = cause instanceof FileSystemException file
                    ? FileFailures.textWithFile(file)
                    : cause.getMessage() == null ? text : cause.getMessage();
        }
        return String.valueOf(text);
    }
}
