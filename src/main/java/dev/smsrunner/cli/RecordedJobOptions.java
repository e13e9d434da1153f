package dev.smsrunner.cli;

import dev.smsrunner.job.BulkJobs;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.JobFileException;
import dev.smsrunner.jobfile.JobFiles;
import dev.smsrunner.jobfile.Overrides;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.run.RunService;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Recorded job file of a run with new overrides; a {@code @Mixin}. */
final class RecordedJobOptions {

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Override a key of the job file, for example cutover.window.close. May be repeated.")
    private Map<String, String> set = new LinkedHashMap<>();

    /** Restores the job file from the ledger; the file itself may be changed or deleted. */
    JobFile of(Run run, CommonOptions common) {
        try {
            return JobFiles.restore(run.jobFile(), run.jobText(), overrides(run), common.environment(), BulkJobs.ALL);
        } catch (JobFileException ex) {
            throw JobOptions.problemsOf(common, ex);
        }
    }

    /** Recorded overrides of the run, merged with the new ones. */
    Overrides overrides(Run run) {
        var recorded = RunService.overrides(run);
        var all = new HashMap<>(recorded.set());
        all.putAll(set);
        return new Overrides(recorded.inventory(), all);
    }
}
