package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.RowRules;
import java.util.ArrayList;
import java.util.List;

/** Kinds of jobs. */
public enum JobKind {
    /** Create or update one migration task per server, start them, watch them, launch the targets. */
    MIGRATE(RowRules.MIGRATE, new MigrateBlock()),
    /** One operation on each task (UpdateTaskStatus). */
    ACTION(RowRules.ACTION, new ActionSettings()),
    /** Correct the recorded copy state and migration cycle of each source (UpdateCopyState). */
    CHANGESTATE(RowRules.CHANGESTATE, new ChangestateSettings()),
    /** Change each task (UpdateTask). */
    UPDATE(RowRules.UPDATE, new UpdateSettings()),
    /** Stop DCS data-migration tasks (BatchStopMigrationTasks). */
    STOP_DCS(RowRules.STOP_DCS, new StopDcsBlock());

    private final RowRules rowRules;
    private final JobBlock block;

    JobKind(RowRules rowRules, JobBlock block) {
        this.rowRules = rowRules;
        this.block = block;
    }

    /** Name in the job file, also the name of the job's own block: {@code stop-dcs}. */
    public String label() {
        return SettingTypes.spelling(this);
    }

    /** Required columns of the inventory for this job. */
    public RowRules rowRules() {
        return rowRules;
    }

    /** Own settings of the job. */
    JobBlock block() {
        return block;
    }

    /** Definitions of all settings. */
    static List<SettingDefinition<?>> settings() {
        List<SettingDefinition<?>> all = new ArrayList<>();
        all.add(SharedSettings.job(List.of(values())));
        all.addAll(SharedSettings.all());
        for (JobKind kind : values()) {
            all.addAll(kind.block.settings());
        }
        return all;
    }
}
