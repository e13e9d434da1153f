package dev.smsrunner.dcs;

import org.jspecify.annotations.Nullable;

/**
 * Data-migration task of DCS (ListMigrationTask, ShowMigrationTask; Java SDK 3.1.212).
 *
 * @param name null when the answer has none
 * @param status in the spelling of the service; read it with {@link #state()}
 */
public record DcsTask(
        String id, @Nullable String name, @Nullable String status) {

    public DcsStatus state() {
        return DcsStatus.of(status);
    }
}
