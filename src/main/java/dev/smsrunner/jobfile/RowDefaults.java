package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.CellLimits;
import dev.smsrunner.inventory.CellProblem;
import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.Operations;
import dev.smsrunner.inventory.RowRules;
import dev.smsrunner.inventory.SpeedRule;
import dev.smsrunner.jobfile.StopDcsSettings.FullMigration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a job says about all rows: the defaults of a migration, or the block of another job. */
final class RowDefaults {

    /** UpdateTask, edition of 2024: 0 to 10000 Mbit/s. */
    private static final int HIGHEST_SPEED = 10_000;

    private final EffectiveSettings settings;
    private final Map<String, String> byColumn = new LinkedHashMap<>();
    private final CellLimits limits;

    RowDefaults(EffectiveSettings settings) {
        this.settings = settings;
        this.limits = limits();
    }

    /** Recorded only where it is given, so that a run of an earlier version still has the settings that it began with. */
    private CellLimits limits() {
        if (!settings.given().has(SettingKeys.SPEED_LIMIT_MAX)) {
            return CellLimits.USUAL;
        }
        CellLimits given =
                new CellLimits(settings.whole(SettingKeys.SPEED_LIMIT_MAX, CellLimits.USUAL.speed(), 1, HIGHEST_SPEED));
        byColumn.put(CellLimits.SPEED, String.valueOf(given.speed()));
        return given;
    }

    /** The values for empty cells that were read, by column name. */
    Map<String, String> byColumn() {
        return Map.copyOf(byColumn);
    }

    void defaults() {
        for (Column column : Column.values()) {
            String key = SettingKeys.DEFAULTS + "." + column.label();
            if (settings.given().has(key) && (column.identifies() || column == Column.DEPENDS_ON)) {
                settings.problem(key, "is different for each server", "give it in the inventory");
            } else if (settings.given().has(key)) {
                read(key, column);
            }
        }
        if ("WINDOWS".equalsIgnoreCase(byColumn.get(Column.SERVER_OS_FAMILY.label()))
                && "MIGRATE_FILE".equalsIgnoreCase(byColumn.get(Column.MIGRATION_TYPE.label()))) {
            settings.impossible(
                    "defaults.migration_type",
                    "MIGRATE_FILE",
                    "defaults.server_os_family WINDOWS",
                    "write MIGRATE_BLOCK");
        }
    }

    /** Whether the defaults forbid continuous synchronisation. */
    boolean refusesSyncing() {
        return switch (byColumn.getOrDefault(Column.SYNCING.label(), "").toLowerCase(Locale.ROOT)) {
            case "false", "no", "0" -> true;
            default -> false;
        };
    }

    ActionSettings action() {
        String allowed = settings.text(SettingKeys.ALLOW_OPERATIONS);
        if (allowed != null) {
            settings.fault(SettingKeys.ALLOW_OPERATIONS, Operations.checkList(allowed));
            byColumn.put(Operations.ALLOWED, allowed);
        }
        String operation = read(SettingKeys.OPERATION, Column.OPERATION);
        if (operation != null && Column.OPERATION.faults(operation, limits).isEmpty()) {
            settings.fault(SettingKeys.OPERATION, Operations.check(operation, allowed == null ? "" : allowed));
        }
        String template = read(SettingKeys.TEMPLATE_ID, Column.TEMPLATE_ID);
        return new ActionSettings(
                operation,
                template,
                yesOrNo(SettingKeys.SWITCH_HCE, Column.SWITCH_HCE),
                yesOrNo(SettingKeys.CONSISTENCY_CHECK, Column.IS_NEED_CONSISTENCY_CHECK));
    }

    private boolean yesOrNo(String key, Column column) {
        boolean value = settings.yesOrNo(key, false);
        byColumn.put(column.label(), Boolean.toString(value));
        return value;
    }

    ChangestateSettings changestate() {
        return new ChangestateSettings(
                read(SettingKeys.COPYSTATE, Column.COPYSTATE), read(SettingKeys.MIGRATIONCYCLE, Column.MIGRATIONCYCLE));
    }

    UpdateSettings update() {
        Map<Column, String> changes = new EnumMap<>(Column.class);
        for (Column column : RowRules.changes()) {
            String value = read(SettingKeys.UPDATE + "." + column.label(), column);
            if (value != null) {
                changes.put(column, value);
            }
        }
        return new UpdateSettings(changes);
    }

    StopDcsSettings stopDcs(ServiceSettings.Scope scope) {
        int most = settings.begun() ? StopDcsSettings.MOST_BEFORE : StopDcsSettings.MOST;
        int chunk = Math.min(StopDcsSettings.MOST, settings.whole(SettingKeys.CHUNK, StopDcsSettings.MOST, 1, most));
        // Not recorded when it is absent: a run of an earlier version has no such setting, and that is no change.
        var fullMigration = settings.given().has(SettingKeys.FULL_MIGRATION)
                ? settings.word(SettingKeys.FULL_MIGRATION, FullMigration.class, FullMigration.KEEP)
                : FullMigration.KEEP;
        String project = read(SettingKeys.DCS_PROJECT_ID, Column.TARGET_PROJECT_ID);
        if (project == null) {
            project = read(SettingKeys.OWN_PROJECT_ID, Column.PROJECT_ID);
        }
        if (project == null && scope.projectId() != null) {
            project = scope.projectId();
            byColumn.put(Column.TARGET_PROJECT_ID.label(), project);
        }
        return new StopDcsSettings(chunk, fullMigration, project);
    }

    private @Nullable String read(String key, Column column) {
        String value = settings.text(key);
        if (value != null) {
            faults(column, value).forEach(fault -> settings.fault(key, fault));
            byColumn.put(column.label(), value);
        }
        return value;
    }

    private List<CellProblem> faults(Column column, String value) {
        if (settings.begun() && column == Column.SPEED_LIMIT_RULES) {
            CellProblem fault = SpeedRule.spelling(value, limits);
            return fault == null ? List.of() : List.of(fault);
        }
        return column.faults(value, limits);
    }
}
