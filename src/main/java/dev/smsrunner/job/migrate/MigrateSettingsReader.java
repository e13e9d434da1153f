package dev.smsrunner.job.migrate;

import static dev.smsrunner.jobfile.MigrateSettings.*;

import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.OsFamily;
import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.jobfile.CutoverSettings.LaunchMode;
import dev.smsrunner.jobfile.CutoverWindows;
import dev.smsrunner.jobfile.EffectiveSettings;
import dev.smsrunner.jobfile.JobSettings;
import dev.smsrunner.jobfile.RetrySettings;
import dev.smsrunner.jobfile.SettingDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the settings of the job {@code migrate} and reports settings that exclude each other. */
record MigrateSettingsReader(EffectiveSettings settings) {

    JobSettings read() {
        fillCells();
        var retry = new RetrySettings(settings.value(RESTARTS), settings.value(BACKOFF));
        var windows = new WindowReader(settings).read();
        settings.find(LAUNCHES);
        settings.find(PACE);
        var cutover = new CutoverSettings(
                launchMode(windows), windows, settings.value(AT_CLOSE), settings.value(ON_DIFFERENCE));
        var gates = new GateReader(settings).read(cutover.when(), hold(cutover.when()));
        return new JobSettings(retry, cutover, new WaveReader(settings).read(), gates);
    }

    private @Nullable Duration hold(LaunchMode when) {
        var hold = settings.find(HOLD);
        if (hold != null && when != LaunchMode.MANUAL) {
            settings.conflict(
                    HOLD,
                    "this key",
                    WHEN.key() + ": " + spelling(when),
                    "the runner launches by itself; write when: manual, or remove the key");
        }
        return hold;
    }

    private void fillCells() {
        for (var cell : DEFAULTS.each()) {
            if (settings.has(cell) && isDifferentForEachServer(SettingDefinition.columnOf(cell.key()))) {
                settings.problem(cell, "is different for each server", "set it in the inventory");
            } else {
                settings.fill(cell);
            }
        }
        if (OsFamily.of(filled(Column.SERVER_OS_FAMILY)).orElse(null) == OsFamily.WINDOWS
                && "MIGRATE_FILE".equalsIgnoreCase(filled(Column.MIGRATION_TYPE))) {
            settings.conflict(
                    DEFAULTS.at(Column.MIGRATION_TYPE.label()),
                    "MIGRATE_FILE",
                    "defaults.server_os_family WINDOWS",
                    "write MIGRATE_BLOCK");
        }
    }

    private static boolean isDifferentForEachServer(Column column) {
        return column.identifies() || column == Column.DEPENDS_ON;
    }

    private String filled(Column column) {
        return settings.filled(column.label());
    }

    private LaunchMode launchMode(CutoverWindows windows) {
        boolean noSync =
                List.of("false", "no", "0").contains(filled(Column.SYNCING).toLowerCase(Locale.ROOT));
        var standard = noSync && windows.isEmpty() ? LaunchMode.AUTO : LaunchMode.SYNCED;
        var when = settings.value(WHEN.withDefault(spelling(standard)));
        if (when == LaunchMode.AUTO) {
            rejectWithAutoLaunch(LAUNCHES);
            rejectWithAutoLaunch(PACE);
        }
        if (when == LaunchMode.AUTO && !windows.isEmpty()) {
            settings.conflict(
                    WHEN,
                    "auto",
                    block(windows),
                    "SMS would launch at the end of the copy, at any time; write when: synced or remove the window");
        } else if (when != LaunchMode.AUTO && noSync) {
            settings.conflict(
                    DEFAULTS.at(Column.SYNCING.label()),
                    "false",
                    windows.isEmpty() ? WHEN.key() + ": " + spelling(when) : block(windows),
                    "SMS would launch by itself at the end of the copy; remove one of the two");
        }
        return when;
    }

    private static String block(CutoverWindows windows) {
        return windows.all().get(0).name().isEmpty() ? "cutover.window" : "cutover.windows";
    }

    private void rejectWithAutoLaunch(SettingDefinition<?> setting) {
        if (settings.has(setting)) {
            settings.conflict(
                    setting,
                    "this key",
                    WHEN.key() + ": auto",
                    "SMS launches by itself at the end of each copy; write when: synced, or remove the key");
        }
    }

    private static String spelling(LaunchMode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
