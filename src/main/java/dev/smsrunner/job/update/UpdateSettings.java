package dev.smsrunner.job.update;

import dev.smsrunner.jobfile.EffectiveSettings;
import dev.smsrunner.jobfile.JobSettings;
import dev.smsrunner.jobfile.SettingDefinition;
import dev.smsrunner.jobfile.SettingTypes;
import java.util.List;

/** Settings of the job {@code update} (UpdateTask). A cell of the same column overrides each value. */
final class UpdateSettings {

    private static final SettingDefinition<String> CHANGES = SettingDefinition.of(
                    "update.<column>", SettingTypes.cell("as the column"), """
                    Value for empty cells of this column. All fields that the job changes are accepted here.""")
            .forColumns(UpdateRowRules.CHANGES);

    private UpdateSettings() {}

    /** Definitions in the order of the documentation. */
    static List<SettingDefinition<?>> all() {
        return List.of(CHANGES);
    }

    static JobSettings bind(EffectiveSettings settings) {
        CHANGES.each().forEach(settings::fill);
        return JobSettings.withDefaults(settings);
    }
}
