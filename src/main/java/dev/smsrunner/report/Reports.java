package dev.smsrunner.report;

import dev.smsrunner.database.PrivateDirectory;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;

/** Writer of the reports of a run from its ledger. The same ledger gives the same bytes. */
public final class Reports {

    private final Ledger ledger;
    private final Clock clock;

    /** @param clock only for the age of temporary files */
    public Reports(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Verifies before the start of a run that the reports can be written.
     *
     * @param directory {@code report.directory} of the job; created if missing
     * @throws ReportException if it is not writable
     */
    public static void verifyWritable(Path directory) {
        try {
            PrivateDirectory.create(directory.toAbsolutePath());
            Files.delete(Files.createTempFile(directory, ".write-check", ".tmp"));
        } catch (IOException ex) {
            throw ReportException.notWritable(directory, ex);
        }
    }

    /**
     * Writes all reports of the run.
     *
     * @param run current run in the database, since its state is part of the report
     * @throws ReportException if writing a file fails; an earlier version of the file stays, and the other files are written
     */
    public ReportFiles write(Run run) {
        return write(run, ReportFormat.ALL);
    }

    /** Writes the reports of one format. */
    public ReportFiles write(Run run, ReportFormat format) {
        var report = RunReport.of(run, ledger);
        var files = ReportFiles.of(run, report.summary());
        var failed = new LinkedHashMap<String, IOException>();
        if (attempt(files.directory(), failed, () -> prepare(run, files.directory()))) {
            var data = ReportData.of(report, ledger);
            for (var file : files.of(format)) {
                attempt(file, failed, () -> PrivateFile.write(files.directory(), file, content(data, files, file)));
            }
        }
        if (!failed.isEmpty()) {
            throw ReportException.of(run.runId(), files.directory(), failed);
        }
        return files;
    }

    /** Writer of the content of a report. */
    @FunctionalInterface
    public interface Content {
        /** Writes the content. */
        void writeTo(OutputStream out) throws IOException;
    }

    /** The current content of each report of the run. */
    public Map<Path, Content> contents(Run run) {
        var report = RunReport.of(run, ledger);
        var files = ReportFiles.of(run, report.summary());
        var data = ReportData.of(report, ledger);
        var contents = new LinkedHashMap<Path, Content>();
        files.of(ReportFormat.ALL).forEach(file -> contents.put(file, content(data, files, file)));
        return contents;
    }

    /** Creates the writer of a format only when it is needed, so that its classes load late. */
    private static Content content(ReportData data, ReportFiles files, Path file) {
        if (file.equals(files.csv())) {
            return new CsvReport(data)::write;
        } else if (file.equals(files.rerun())) {
            return new RerunInventory(data)::write;
        } else if (file.equals(files.json())) {
            return new JsonReport(data)::write;
        } else if (file.equals(files.html())) {
            return new HtmlReport(data)::write;
        }
        return new XlsxReport(data, files.directory())::write;
    }

    /** A write that may fail. */
    @FunctionalInterface
    private interface Attempt {
        void run() throws IOException;
    }

    private static boolean attempt(Path file, Map<String, IOException> failed, Attempt attempt) {
        try {
            attempt.run();
            return true;
        } catch (IOException ex) {
            failed.put(name(file), ex);
        } catch (UncheckedIOException ex) {
            failed.put(name(file), ex.getCause());
        } catch (JacksonException ex) {
            failed.put(name(file), rootCause(ex));
        }
        return false;
    }

    /** Unwraps the I/O error, which the library wraps once or twice. */
    private static IOException rootCause(JacksonException ex) {
        for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException ioException) {
                return ioException;
            }
        }
        throw ex;
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private void prepare(Run run, Path directory) throws IOException {
        if (Files.isSymbolicLink(directory)) {
            throw new IOException("the directory is a symbolic link");
        }
        PrivateDirectory.create(run.reportDirectory());
        PrivateDirectory.create(directory);
        PrivateFile.deleteStale(directory, clock.instant());
    }
}
