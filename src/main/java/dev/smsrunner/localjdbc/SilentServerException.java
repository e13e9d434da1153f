package dev.smsrunner.localjdbc;

import java.sql.SQLTransientConnectionException;

/** Timeout of the process that has the database open: it accepts connections but is suspended or overloaded. */
public final class SilentServerException extends SQLTransientConnectionException {

    SilentServerException(Throwable cause) {
        super("the process that has the embedded database open does not answer", "08001", cause);
    }
}
