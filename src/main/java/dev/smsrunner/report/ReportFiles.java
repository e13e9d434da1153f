package dev.smsrunner.report;

import dev.smsrunner.ledger.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Paths of the reports of one run.
 *
 * @param directory the run's own directory
 * @param csv one line with the result of each inventory row
 * @param json the same data with counts, causes, changes and events
 * @param html a page for a browser: problems, charts, all rows
 * @param xlsx a workbook for a spreadsheet
 * @param rerun inventory of the rows that failed or did not end
 */
public record ReportFiles(Path directory, Path csv, Path json, Path html, Path xlsx, Path rerun, Summary summary) {

    private static final Pattern SAFE_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    static ReportFiles of(Run run, Summary summary) {
        var directory = directory(run);
        return new ReportFiles(
                directory,
                directory.resolve("report.csv"),
                directory.resolve("report.json"),
                directory.resolve("report.html"),
                directory.resolve("report.xlsx"),
                directory.resolve("rerun.csv"),
                summary);
    }

    /** The files of a format, in the order of writing. */
    public List<Path> of(ReportFormat format) {
        return switch (format) {
            case CSV -> List.of(csv, rerun);
            case JSON -> List.of(json);
            case HTML -> List.of(html);
            case XLSX -> List.of(xlsx);
            case ALL -> List.of(csv, rerun, json, html, xlsx);
        };
    }

    /** The run's own directory below {@code report.directory} of the job file. */
    public static Path directory(Run run) {
        if (!SAFE_ID.matcher(run.runId()).matches()) {
            throw new IllegalArgumentException(
                    "Invalid run id '%s': it is not a safe directory name".formatted(run.runId()));
        }
        return run.reportDirectory().resolve(run.runId());
    }
}
