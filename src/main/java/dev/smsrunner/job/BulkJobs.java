package dev.smsrunner.job;

import dev.smsrunner.job.action.ActionJob;
import dev.smsrunner.job.changestate.ChangestateJob;
import dev.smsrunner.job.delete.DeleteJob;
import dev.smsrunner.job.migrate.MigrateJob;
import dev.smsrunner.job.stopdcs.StopDcsJob;
import dev.smsrunner.job.update.UpdateJob;
import dev.smsrunner.jobfile.JobFile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Registry of all bulk jobs; a new job needs one line here. */
public final class BulkJobs {

    /** All jobs, in the order of the documentation. */
    public static final List<BulkJob> ALL = List.of(
            new MigrateJob(),
            new ActionJob(),
            new ChangestateJob(),
            new UpdateJob(),
            new StopDcsJob(),
            new DeleteJob());

    private BulkJobs() {}

    /** Job of a job file. */
    public static BulkJob of(JobFile file) {
        return ALL.stream()
                .filter(job -> job.label().equals(file.job().label()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "Unknown job: " + file.job().label()));
    }

    /** Operations of the intents that may cause a call of any job, by the operation as an audit names it. */
    public static Map<String, Set<String>> calls() {
        var byCall = new TreeMap<String, Set<String>>();
        for (var job : ALL) {
            job.calls()
                    .forEach((call, intent) -> byCall.computeIfAbsent(call, name -> new TreeSet<>())
                            .add(intent.name()));
        }
        return byCall;
    }
}
