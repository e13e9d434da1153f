package dev.smsrunner.drive;

import dev.smsrunner.ledger.Migration;
import java.util.Collection;

/** Hears after each tick where the rows are. */
@FunctionalInterface
public interface DriveListener {

    /** The rows of the run as they are in the ledger now. */
    void ticked(Collection<Migration> rows);
}
