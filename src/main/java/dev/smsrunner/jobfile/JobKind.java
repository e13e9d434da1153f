package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.RowRules;
import java.util.Locale;

/** What a job file asks for. */
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

    /** The word in the job file, also the name of the job's own block: {@code stop-dcs}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What a row of the inventory must say for this job. */
    public RowRules rowRules() {
        return rowRules;
    }
}
