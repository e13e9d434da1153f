package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.RowRules;
import java.util.List;

/** Settings of the job {@code update} (UpdateTask). A cell of the same column overrides each value. */
public final class UpdateSettings implements JobBlock {

    private static final SettingDefinition<String> CHANGES = SettingDefinition.of(
                    "update.<column>", SettingTypes.cell("as the column"), """
                    Value for empty cells of this column. All fields that the job changes are accepted here.""")
            .forColumns(RowRules.updateColumns());

    @Override
    public List<SettingDefinition<?>> settings() {
        return List.of(CHANGES);
    }

    @Override
    public JobSettings bind(EffectiveSettings settings) {
        CHANGES.each().forEach(settings::fill);
        return JobSettings.withDefaults(settings);
    }
}
