package dev.smsrunner.dcs;

import org.jspecify.annotations.Nullable;

/**
 * A data-migration task of DCS (ListMigrationTask, ShowMigrationTask; Java SDK 3.1.212).
 *
 * @param name null when the answer did not say it
 * @param status as the service writes it; read it with {@link #state()}
 */
public record DcsTask(
        String id, @Nullable String name, @Nullable String status) {

    public DcsStatus state() {
        return DcsStatus.of(status);
    }

    public DcsPhase phase() {
        return DcsPhase.of(status);
    }
}
