package dev.smsrunner.report;

import dev.smsrunner.ledger.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where the reports of one run are.
 *
 * @param directory the run's own
 * @param csv one line per row of the inventory, with what became of it
 * @param json the same with counts, causes, changes and the timeline
 * @param html the same to be read in a browser: what needs somebody, the night in charts, all rows
 * @param xlsx the same for a spreadsheet
 * @param rerun an inventory of the rows that failed or never came to an end
 */
public record ReportFiles(Path directory, Path csv, Path json, Path html, Path xlsx, Path rerun, Summary summary) {

    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

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

    /** Those that a format asks for, in the order in which they are written. */
    public List<Path> of(ReportFormat format) {
        return switch (format) {
            case CSV -> List.of(csv, rerun);
            case JSON -> List.of(json);
            case HTML -> List.of(html);
            case XLSX -> List.of(xlsx);
            case ALL -> List.of(csv, rerun, json, html, xlsx);
        };
    }

    /** The run's own directory below the one that its job file names. */
    public static Path directory(Run run) {
        if (!HARMLESS.matcher(run.runId()).matches()) {
            throw new IllegalArgumentException("'%s' is no run id and names no directory".formatted(run.runId()));
        }
        return run.reportDirectory().resolve(run.runId());
    }
}
