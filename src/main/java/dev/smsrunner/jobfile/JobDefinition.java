package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.RowRules;

/** A bulk job as its job file and its inventory see it. */
public interface JobDefinition {

    /** Value of {@code job} in the job file, also the name of the job's own block: {@code stop-dcs}. */
    String label();

    /** Required columns of the inventory for this job. */
    RowRules rowRules();
}
