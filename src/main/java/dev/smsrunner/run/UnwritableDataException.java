package dev.smsrunner.run;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A file below the data directory cannot be written; the operator can repeat the command after freeing space. */
public final class UnwritableDataException extends UncheckedIOException {

    private static final long serialVersionUID = 1L;

    /** @param message file, reason and remedy */
    public UnwritableDataException(String message, IOException cause) {
        super(message, cause);
    }
}
