package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.RowRules;
import java.util.List;

/** A bulk job as its job file and its inventory see it. */
public interface JobDefinition {

    /** Value of {@code job} in the job file, also the name of the job's own block: {@code stop-dcs}. */
    String label();

    /** Rules for the rows of the inventory. */
    RowRules rowRules();

    /** Settings that only this job has, in the order of the documentation. */
    List<SettingDefinition<?>> settings();

    /** Reads the settings of the job and the values for empty cells; reports their problems and conflicts. */
    JobSettings bind(EffectiveSettings settings);
}
