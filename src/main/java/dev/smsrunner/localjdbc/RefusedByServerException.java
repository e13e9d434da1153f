package dev.smsrunner.localjdbc;

import java.sql.SQLTransientConnectionException;

/** Refusal by the process that has the database open; the message contains the reason. */
public final class RefusedByServerException extends SQLTransientConnectionException {

    RefusedByServerException(String reason) {
        super(reason, "08004");
    }
}
