package dev.smsrunner.job.changestate;

import static dev.smsrunner.jobfile.SettingTypes.*;

import dev.smsrunner.jobfile.EffectiveSettings;
import dev.smsrunner.jobfile.JobSettings;
import dev.smsrunner.jobfile.SettingDefinition;
import dev.smsrunner.jobfile.SettingList;
import java.util.List;

/** Settings of the job {@code changestate} (UpdateCopyState). A column of the same name overrides each value. */
final class ChangestateSettings {

    private static final SettingList LIST = new SettingList();

    private static final SettingDefinition<String> COPYSTATE = LIST.add(SettingDefinition.of(
                    "changestate.copystate",
                    cell("a copy state"),
                    "The copy state to record. Upper and lower case are accepted.")
            .shownAs("column `copystate`"));

    private static final SettingDefinition<String> MIGRATIONCYCLE = LIST.add(SettingDefinition.of(
                    "changestate.migrationcycle",
                    cell("a migration cycle"),
                    "The migration cycle to record. Upper and lower case are accepted.")
            .shownAs("column `migrationcycle`"));

    private ChangestateSettings() {}

    /** Definitions in the order of the documentation. */
    static List<SettingDefinition<?>> all() {
        return LIST.all();
    }

    static JobSettings bind(EffectiveSettings settings) {
        settings.fill(COPYSTATE);
        settings.fill(MIGRATIONCYCLE);
        return JobSettings.withDefaults(settings);
    }
}
