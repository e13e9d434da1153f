package dev.smsrunner.database;

import java.time.Duration;

/** The database was away for longer than the run may wait. */
public final class DatabaseAwayException extends RuntimeException {

    /** Says how long it was waited for. */
    public DatabaseAwayException(Duration waited, Throwable cause) {
        super(
                "The database did not answer for %d s (%s). The work in the cloud goes on; run the same command again when the database is back."
                        .formatted(waited.toSeconds(), DatabaseException.innermost(cause)),
                cause);
    }
}
