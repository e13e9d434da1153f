package dev.smsrunner.report;

/** Which reports are wanted. */
public enum ReportFormat {
    /** {@code report.csv} and {@code rerun.csv}. */
    CSV,
    /** {@code report.json}. */
    JSON,
    /** {@code report.html}. */
    HTML,
    /** {@code report.xlsx}. */
    XLSX,
    /** All of them. */
    ALL;

    boolean includes(ReportFormat other) {
        return this == ALL || this == other;
    }
}
