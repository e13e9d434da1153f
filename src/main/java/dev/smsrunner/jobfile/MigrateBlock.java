package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.Column;
import dev.smsrunner.jobfile.CutoverSettings.LaunchMode;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the settings of the job {@code migrate} and reports settings that exclude each other. */
public final class MigrateBlock implements JobBlock {

    @Override
    public List<SettingDefinition<?>> settings() {
        return MigrateSettings.all();
    }

    @Override
    public JobSettings bind(EffectiveSettings settings) {
        fillCells(settings);
        var retry =
                new RetrySettings(settings.value(MigrateSettings.RESTARTS), settings.value(MigrateSettings.BACKOFF));
        settings.find(MigrateSettings.ZONE);
        var window = new WindowReader(settings).read();
        settings.find(MigrateSettings.LAUNCHES);
        settings.find(MigrateSettings.PACE);
        var cutover = new CutoverSettings(
                launchMode(settings, window), window, settings.value(MigrateSettings.ON_DIFFERENCE));
        return new JobSettings(retry, cutover, new WaveReader(settings).read());
    }

    private static void fillCells(EffectiveSettings settings) {
        for (var cell : MigrateSettings.DEFAULTS.each()) {
            Column column = SettingDefinition.columnOf(cell.key());
            if (settings.has(cell) && (column.identifies() || column == Column.DEPENDS_ON)) {
                settings.problem(cell, "is different for each server", "set it in the inventory");
            } else {
                settings.fill(cell);
            }
        }
        if ("WINDOWS".equalsIgnoreCase(filled(settings, Column.SERVER_OS_FAMILY))
                && "MIGRATE_FILE".equalsIgnoreCase(filled(settings, Column.MIGRATION_TYPE))) {
            settings.conflict(
                    MigrateSettings.DEFAULTS.at(Column.MIGRATION_TYPE.label()),
                    "MIGRATE_FILE",
                    "defaults.server_os_family WINDOWS",
                    "write MIGRATE_BLOCK");
        }
    }

    private static String filled(EffectiveSettings settings, Column column) {
        return settings.byColumn().getOrDefault(column.label(), "");
    }

    private static LaunchMode launchMode(EffectiveSettings settings, CutoverSettings.@Nullable Window window) {
        boolean noSync = List.of("false", "no", "0")
                .contains(filled(settings, Column.SYNCING).toLowerCase(Locale.ROOT));
        var standard = noSync && window == null ? LaunchMode.AUTO : LaunchMode.SYNCED;
        var when = settings.value(MigrateSettings.WHEN.withDefault(SettingTypes.spelling(standard)));
        if (when == LaunchMode.AUTO) {
            rejectWithAutoLaunch(settings, MigrateSettings.LAUNCHES);
            rejectWithAutoLaunch(settings, MigrateSettings.PACE);
        }
        if (when == LaunchMode.AUTO && window != null) {
            settings.conflict(
                    MigrateSettings.WHEN,
                    "auto",
                    "cutover.window",
                    "SMS would launch at the end of the copy, at any time; write when: synced or remove the window");
        } else if (when != LaunchMode.AUTO && noSync) {
            settings.conflict(
                    MigrateSettings.DEFAULTS.at(Column.SYNCING.label()),
                    "false",
                    window == null ? MigrateSettings.WHEN.key() + ": " + SettingTypes.spelling(when) : "cutover.window",
                    "SMS would launch by itself at the end of the copy; remove one of the two");
        }
        return when;
    }

    private static void rejectWithAutoLaunch(EffectiveSettings settings, SettingDefinition<?> setting) {
        if (settings.has(setting)) {
            settings.conflict(
                    setting,
                    "this key",
                    MigrateSettings.WHEN.key() + ": auto",
                    "SMS launches by itself at the end of each copy; write when: synced, or remove the key");
        }
    }
}
