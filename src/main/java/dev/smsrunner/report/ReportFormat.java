package dev.smsrunner.report;

/** Format of the reports to write. */
public enum ReportFormat {
    /** {@code report.csv} and {@code rerun.csv}. */
    CSV,
    /** {@code report.json}. */
    JSON,
    /** {@code report.html}. */
    HTML,
    /** {@code report.xlsx}. */
    XLSX,
    /** All formats. */
    ALL
}
