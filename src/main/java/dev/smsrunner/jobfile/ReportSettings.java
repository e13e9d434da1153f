package dev.smsrunner.jobfile;

import java.nio.file.Path;

/**
 * Where the reports go.
 *
 * @param directory the directory in which each run makes its own; resolved against the job file
 */
public record ReportSettings(Path directory) {}
