package dev.smsrunner.jobfile;

import java.util.List;

/** Own settings of a job. */
public interface JobBlock {

    /** Definitions of the settings, in the order of the documentation. */
    List<SettingDefinition<?>> settings();

    /** Reads the settings and the values for empty cells; reports problems and conflicts. */
    JobSettings bind(EffectiveSettings settings);
}
