package dev.smsrunner.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

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

    /**
     * Some could not be written, the others were.
     *
     * @param failed why, by the name of the file
     */
    static ReportException of(String runId, Path where, Map<String, IOException> failed) {
        var failure = new ReportException(
                "Cannot write the report of run %s to %s: %s. Make room or correct the directory, then run 'report %s'; nothing in the ledger is lost."
                        .formatted(runId, where, words(failed), runId),
                failed.values().iterator().next());
        failed.values().stream().skip(1).forEach(failure::addSuppressed);
        return failure;
    }

    private static String words(Map<String, IOException> failed) {
        return failed.entrySet().stream()
                .map(file -> file.getKey() + ": " + file.getValue())
                .collect(Collectors.joining("; "));
    }
}
