package dev.smsrunner.database;

import java.time.Duration;

/** Thrown when the database was unreachable for longer than the run may wait. */
public final class DatabaseAwayException extends RuntimeException {

    /** With the waiting time. */
    public DatabaseAwayException(Duration waited, Throwable cause) {
        super(
                "The database did not answer for %d s (%s). Migrations already running in the cloud continue. Run the same command again when the database is back."
                        .formatted(waited.toSeconds(), DatabaseException.innermost(cause)),
                cause);
    }
}
