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

/** Writes the reports of a run from its ledger, as often as wanted; the same ledger gives the same bytes. */
public final class Reports {

    private final Ledger ledger;
    private final Clock clock;

    /** Reads from the ledger. The clock only tells which unfinished files were left behind long ago. */
    public Reports(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * Makes sure, before anything is begun, that reports can be written in the end.
     *
     * @param directory {@code report.directory} of the job; created when it is not there
     * @throws ReportException when nothing can be written there
     */
    public static void check(Path directory) {
        try {
            PrivateDirectory.create(directory.toAbsolutePath());
            Files.delete(Files.createTempFile(directory, ".write-check", ".tmp"));
        } catch (IOException ex) {
            throw ReportException.before(directory, ex);
        }
    }

    /**
     * Writes all reports of the run.
     *
     * @param run as it is in the database now: its state is part of the report
     * @throws ReportException when a file cannot be written; what was there before is still there, whole, and the other
     *     files are written
     */
    public ReportFiles write(Run run) {
        return write(run, ReportFormat.ALL);
    }

    /** Writes some reports of the run, in the same way. */
    public ReportFiles write(Run run, ReportFormat format) {
        var report = RunReport.of(run, ledger);
        var files = ReportFiles.of(run, report.summary());
        var failed = new LinkedHashMap<String, IOException>();
        if (attempt(files.directory(), failed, () -> prepare(run, files.directory()))) {
            var night = ReportData.of(report, ledger);
            for (var file : files.of(format)) {
                attempt(file, failed, () -> PrivateFile.write(file, content(night, files, file)));
            }
        }
        if (!failed.isEmpty()) {
            throw ReportException.of(run.runId(), files.directory(), failed);
        }
        return files;
    }

    /** What a report holds, to be compared with a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes it. */
        void to(OutputStream out) throws IOException;
    }

    /** What each report of the run would hold if it were written now. */
    public Map<Path, Content> contents(Run run) {
        var report = RunReport.of(run, ledger);
        var files = ReportFiles.of(run, report.summary());
        var night = ReportData.of(report, ledger);
        var contents = new LinkedHashMap<Path, Content>();
        files.of(ReportFormat.ALL).forEach(file -> contents.put(file, content(night, files, file)::to));
        return contents;
    }

    /** Nothing of a format is loaded before it is its turn. */
    private static PrivateFile.Content content(ReportData night, ReportFiles files, Path file) {
        if (file.equals(files.csv())) {
            return new CsvReport(night)::write;
        } else if (file.equals(files.rerun())) {
            return new RerunInventory(night)::write;
        } else if (file.equals(files.json())) {
            return new JsonReport(night)::write;
        } else if (file.equals(files.html())) {
            return new HtmlReport(night)::write;
        }
        return new XlsxReport(night, files.directory())::write;
    }

    /** Some writing, which may fail. */
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
            failed.put(name(file), underneath(ex));
        }
        return false;
    }

    /** The library wraps a full disk once or twice, depending on where it was when that was noticed. */
    private static IOException underneath(JacksonException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException disk) {
                return disk;
            }
        }
        throw failure;
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private void prepare(Run run, Path directory) throws IOException {
        if (Files.isSymbolicLink(directory)) {
            throw new IOException("it is a symbolic link, which is not followed");
        }
        PrivateDirectory.create(run.reportDirectory());
        PrivateDirectory.create(directory);
        PrivateFile.tidy(directory, clock.instant());
    }
}
