package dev.smsrunner.cli;

import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.JobFileException;
import dev.smsrunner.jobfile.JobFiles;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.run.RunService;

/** The job file as a run began with it. */
final class BegunJob {

    private BegunJob() {}

    /** Reads it from what the ledger kept; the file itself may be changed or gone. */
    static JobFile of(Run run, CommonOptions common) {
        try {
            return JobFiles.restore(run.jobFile(), run.jobText(), RunService.overrides(run), common.environment());
        } catch (JobFileException wrong) {
            throw JobChoice.wrongJob(common, wrong);
        }
    }
}
