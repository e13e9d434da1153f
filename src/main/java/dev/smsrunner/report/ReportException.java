package dev.smsrunner.report;

import dev.smsrunner.support.FileFailures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/** Failure to write a report; an earlier report is unchanged. */
public final class ReportException extends UncheckedIOException {

    ReportException(String message, IOException cause) {
        super(message, cause);
    }

    static ReportException notWritable(Path directory, IOException cause) {
        return new ReportException(
                "Cannot write reports to %s: %s. Correct report.directory. Nothing was changed."
                        .formatted(directory, FileFailures.text(cause, directory)),
                cause);
    }

    /**
     * Failure of some files; the other files are written.
     *
     * @param failed causes by file name
     */
    static ReportException of(String runId, Path directory, Map<String, IOException> failed) {
        var failure = new ReportException(
                "Cannot write the report of run %s to %s: %s. Free disk space or correct the directory, then run 'report %s'. The ledger is complete."
                        .formatted(runId, directory, list(failed), runId),
                failed.values().iterator().next());
        failed.values().stream().skip(1).forEach(failure::addSuppressed);
        return failure;
    }

    private static String list(Map<String, IOException> failed) {
        return failed.entrySet().stream()
                .map(file -> file.getKey() + ": " + FileFailures.text(file.getValue()))
                .collect(Collectors.joining("; "));
    }
}
