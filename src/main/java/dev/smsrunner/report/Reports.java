package dev.smsrunner.report;

import dev.smsrunner.ledger.Database;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.Run;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import tools.jackson.core.exc.JacksonIOException;

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
            Database.createPrivately(directory.toAbsolutePath());
            Files.delete(Files.createTempFile(directory, ".write-check", ".tmp"));
        } catch (IOException failure) {
            throw ReportException.before(directory, failure);
        }
    }

    /**
     * Writes all reports of the run.
     *
     * @param run as it is in the database now: its state is part of the report
     * @throws ReportException when a file cannot be written; what was there before is still there, whole
     */
    public ReportFiles write(Run run) {
        return write(run, ReportFormat.ALL);
    }

    /** Writes some reports of the run, in the same way. */
    public ReportFiles write(Run run, ReportFormat format) {
        var report = RunReport.of(run, ledger);
        var files = ReportFiles.of(run, report.summary());
        try {
            prepare(run, files.directory());
            write(report, files, format);
        } catch (IOException failure) {
            throw ReportException.of(run.runId(), files.directory(), failure);
        } catch (UncheckedIOException failure) {
            throw ReportException.of(run.runId(), files.directory(), failure.getCause());
        } catch (JacksonIOException failure) {
            throw ReportException.of(run.runId(), files.directory(), failure.getCause());
        }
        return files;
    }

    private void write(RunReport report, ReportFiles files, ReportFormat format) throws IOException {
        var columns = Columns.of(report.inventoryColumns(ledger));
        if (format.includes(ReportFormat.CSV)) {
            PrivateFile.write(files.csv(), new CsvReport(report, ledger, columns)::write);
            PrivateFile.write(files.rerun(), new RerunInventory(report, ledger, columns)::write);
        }
        if (format.includes(ReportFormat.JSON)) {
            PrivateFile.write(files.json(), new JsonReport(report, ledger, columns)::write);
        }
    }

    private void prepare(Run run, Path directory) throws IOException {
        if (Files.isSymbolicLink(directory)) {
            throw new IOException("it is a symbolic link, which is not followed");
        }
        Database.createPrivately(run.reportDirectory());
        Database.createPrivately(directory);
        PrivateFile.tidy(directory, clock.instant());
    }
}
