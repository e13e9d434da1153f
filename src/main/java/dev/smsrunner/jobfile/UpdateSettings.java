package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.Column;
import java.util.Map;

/**
 * Settings of the job {@code update} (UpdateTask). A cell of the same column overrides each value.
 *
 * @param changes new values by column, each column one of {@link dev.smsrunner.inventory.RowRules#updateColumns()}
 */
public record UpdateSettings(Map<Column, String> changes) {

    public UpdateSettings {
        changes = Map.copyOf(changes);
    }
}
