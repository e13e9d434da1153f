package dev.smsrunner.run;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A file below the data directory cannot be written; the same command can be given again when there is room. */
public final class UnwritableDataException extends UncheckedIOException {

    private static final long serialVersionUID = 1L;

    /** @param message what cannot be written, why, and what to do */
    public UnwritableDataException(String message, IOException cause) {
        super(message, cause);
    }
}
