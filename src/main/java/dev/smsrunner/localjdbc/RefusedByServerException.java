package dev.smsrunner.localjdbc;

import java.sql.SQLTransientConnectionException;

/** The process that has the database open answers, and turns this one away; the message says why. */
public final class RefusedByServerException extends SQLTransientConnectionException {

    RefusedByServerException(String why) {
        super(why, "08004");
    }
}
