package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.RowRules;
import java.util.Locale;

/** Kinds of jobs. */
public enum JobKind {
    /** Create or update one migration task per server, start them, watch them, launch the targets. */
    MIGRATE(RowRules.MIGRATE),
    /** One operation on each task (UpdateTaskStatus). */
    ACTION(RowRules.ACTION),
    /** Correct the recorded copy state and migration cycle of each source (UpdateCopyState). */
    CHANGESTATE(RowRules.CHANGESTATE),
    /** Change each task (UpdateTask). */
    UPDATE(RowRules.UPDATE),
    /** Stop DCS data-migration tasks (BatchStopMigrationTasks). */
    STOP_DCS(RowRules.STOP_DCS);

    private final RowRules rowRules;

    JobKind(RowRules rowRules) {
        this.rowRules = rowRules;
    }

    /** Name in the job file, also the name of the job's own block: {@code stop-dcs}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Required columns of the inventory for this job. */
    public RowRules rowRules() {
        return rowRules;
    }
}
