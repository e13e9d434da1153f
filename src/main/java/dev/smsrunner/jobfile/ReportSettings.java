package dev.smsrunner.jobfile;

import java.nio.file.Path;

/**
 * Settings of the reports.
 *
 * @param directory parent of the report directories of the runs; resolved against the job file
 */
public record ReportSettings(Path directory) {}
