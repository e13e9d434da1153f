package dev.smsrunner.database;

/**
 * Thrown when the URL or the login of the database is malformed or forbidden. Nothing was opened; the message contains the
 * cause and the remedy, and no secret.
 */
public final class DatabaseSettingException extends RuntimeException {

    DatabaseSettingException(String message) {
        super(message);
    }
}
