package dev.smsrunner.ledger;

import org.jspecify.annotations.Nullable;

/** The database cannot be used; the message says why and what to do. */
public final class DatabaseException extends RuntimeException {

    DatabaseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static DatabaseException cannotOpen(String which, RuntimeException failure) {
        if (failure instanceof DatabaseException known) {
            return new DatabaseException("Cannot use %s. %s".formatted(which, known.getMessage()), failure);
        }
        return new DatabaseException(
                "Cannot open %s: %s. Check that it is there, that the user may log in, and run the same command again."
                        .formatted(which, innermost(failure)),
                failure);
    }

    private static @Nullable String innermost(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause.getMessage();
    }
}
