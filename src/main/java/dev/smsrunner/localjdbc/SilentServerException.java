package dev.smsrunner.localjdbc;

import java.sql.SQLTransientConnectionException;

/** The process that has the database open accepts connections and does not answer: it is suspended or overloaded. */
public final class SilentServerException extends SQLTransientConnectionException {

    SilentServerException(Throwable cause) {
        super("the process that has the embedded database open does not answer", "08001", cause);
    }
}
