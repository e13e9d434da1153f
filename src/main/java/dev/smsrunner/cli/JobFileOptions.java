package dev.smsrunner.cli;

import dev.smsrunner.job.BulkJobs;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.JobFileException;
import dev.smsrunner.jobfile.JobFiles;
import dev.smsrunner.jobfile.Overrides;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Job file of a command and the override of its keys; a {@code @Mixin}. */
final class JobFileOptions {

    @Parameters(index = "0", paramLabel = "JOBFILE", description = "Job file (YAML).")
    private Path file = Path.of("");

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Override a key of the job file, for example limits.concurrent=50. May be repeated.")
    private Map<String, String> set = new LinkedHashMap<>();

    /** Job file of the command. */
    Path file() {
        return file;
    }

    /** Overrides on the command line. */
    Overrides overrides(@Nullable Path inventory) {
        return new Overrides(inventory, set);
    }

    /**
     * Reads the job file and reports all its problems.
     *
     * @param inventory inventory instead of that of the job file; null to use that of the job file
     */
    JobFile read(CommonOptions common, @Nullable Path inventory) {
        try {
            return JobFiles.read(file, overrides(inventory), common.environment(), BulkJobs.ALL);
        } catch (JobFileException ex) {
            throw JobOptions.problemsOf(common, ex);
        }
    }
}
