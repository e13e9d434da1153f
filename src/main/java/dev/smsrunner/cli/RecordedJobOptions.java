package dev.smsrunner.cli;

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

/** The job file as a run began with it, and what is to be different from now on. Use it as a {@code @Mixin}. */
final class RecordedJobOptions {

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "From now on this value for a key of the job file, for example a new cutover.window.close."
                    + " May be repeated.")
    private Map<String, String> set = new LinkedHashMap<>();

    /** Reads it from what the ledger kept; the file itself may be changed or gone. */
    JobFile of(Run run, CommonOptions common) {
        try {
            return JobFiles.restore(run.jobFile(), run.jobText(), overrides(run), common.environment());
        } catch (JobFileException ex) {
            throw JobOptions.wrongJob(common, ex);
        }
    }

    /** What the command line set when the run began, and what it sets now. */
    Overrides overrides(Run run) {
        var begun = RunService.overrides(run);
        var all = new HashMap<>(begun.set());
        all.putAll(set);
        return new Overrides(begun.inventory(), all);
    }
}
