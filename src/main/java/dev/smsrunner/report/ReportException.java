package dev.smsrunner.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A report could not be written; the earlier one, if any, is still there whole. */
public final class ReportException extends UncheckedIOException {

    ReportException(String message, IOException cause) {
        super(message, cause);
    }

    static ReportException before(Path where, IOException cause) {
        return new ReportException(
                "Reports cannot be written to %s: %s. Correct report.directory; nothing was changed."
                        .formatted(where, cause),
                cause);
    }

    static ReportException of(String runId, Path where, IOException cause) {
        return new ReportException(
                "Cannot write the report of run %s to %s: %s. Make room or correct the directory, then run 'report %s'; nothing in the ledger is lost."
                        .formatted(runId, where, cause, runId),
                cause);
    }
}
