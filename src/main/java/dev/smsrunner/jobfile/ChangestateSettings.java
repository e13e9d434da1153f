package dev.smsrunner.jobfile;

import java.util.List;

/** Settings of the job {@code changestate} (UpdateCopyState). A column of the same name overrides each value. */
public final class ChangestateSettings implements JobBlock {

    private static final SettingList LIST = new SettingList();

    private static final SettingDefinition<String> COPYSTATE = LIST.add(SettingDefinition.of(
                    "changestate.copystate",
                    SettingTypes.cell("a copy state"),
                    "The copy state to record. Upper and lower case are accepted.")
            .shownAs("column `copystate`"));

    private static final SettingDefinition<String> MIGRATIONCYCLE = LIST.add(SettingDefinition.of(
                    "changestate.migrationcycle",
                    SettingTypes.cell("a migration cycle"),
                    "The migration cycle to record. Upper and lower case are accepted.")
            .shownAs("column `migrationcycle`"));

    @Override
    public List<SettingDefinition<?>> settings() {
        return LIST.all();
    }

    @Override
    public JobSettings bind(EffectiveSettings settings) {
        settings.fill(COPYSTATE);
        settings.fill(MIGRATIONCYCLE);
        return JobSettings.withDefaults(settings);
    }
}
