package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.Column;
import java.util.Map;

/**
 * What the job {@code update} changes in every task (UpdateTask); a cell of the same column wins over each value.
 *
 * @param changes the new values by column, each one of {@link dev.smsrunner.inventory.RowRules#changes()}
 */
public record UpdateSettings(Map<Column, String> changes) {

    public UpdateSettings {
        changes = Map.copyOf(changes);
    }
}
