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

/** Reads the values for all rows: the defaults of a migration, or the block of another job. */
final class RowDefaults {

    /** UpdateTask, edition of 2024: 0 to 10000 Mbit/s. */
    private static final int MAX_SPEED = 10_000;

    private final EffectiveSettings settings;
    private final Map<String, String> byColumn = new LinkedHashMap<>();
    private final CellLimits limits;

    RowDefaults(EffectiveSettings settings) {
        this.settings = settings;
        this.limits = limits();
    }

    /** Limits of cell values. Recorded only if set, so that the settings of a run of an earlier version stay the same. */
    private CellLimits limits() {
        if (!settings.raw().has(SettingKeys.SPEED_LIMIT_MAX)) {
            return CellLimits.DEFAULT;
        }
        CellLimits custom =
                new CellLimits(settings.integer(SettingKeys.SPEED_LIMIT_MAX, CellLimits.DEFAULT.speed(), 1, MAX_SPEED));
        byColumn.put(CellLimits.SPEED, String.valueOf(custom.speed()));
        return custom;
    }

    /** Values for empty cells, by column name. */
    Map<String, String> byColumn() {
        return Map.copyOf(byColumn);
    }

    void defaults() {
        for (Column column : Column.values()) {
            String key = SettingKeys.DEFAULTS + "." + column.label();
            if (settings.raw().has(key) && (column.identifies() || column == Column.DEPENDS_ON)) {
                settings.problem(key, "is different for each server", "set it in the inventory");
            } else if (settings.raw().has(key)) {
                read(key, column);
            }
        }
        if ("WINDOWS".equalsIgnoreCase(byColumn.get(Column.SERVER_OS_FAMILY.label()))
                && "MIGRATE_FILE".equalsIgnoreCase(byColumn.get(Column.MIGRATION_TYPE.label()))) {
            settings.conflict(
                    "defaults.migration_type",
                    "MIGRATE_FILE",
                    "defaults.server_os_family WINDOWS",
                    "write MIGRATE_BLOCK");
        }
    }

    /** Whether the defaults forbid continuous synchronisation. */
    boolean disablesSyncing() {
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
        boolean value = settings.flag(key, false);
        byColumn.put(column.label(), Boolean.toString(value));
        return value;
    }

    ChangestateSettings changestate() {
        return new ChangestateSettings(
                read(SettingKeys.COPYSTATE, Column.COPYSTATE), read(SettingKeys.MIGRATIONCYCLE, Column.MIGRATIONCYCLE));
    }

    UpdateSettings update() {
        Map<Column, String> changes = new EnumMap<>(Column.class);
        for (Column column : RowRules.updateColumns()) {
            String value = read(SettingKeys.UPDATE + "." + column.label(), column);
            if (value != null) {
                changes.put(column, value);
            }
        }
        return new UpdateSettings(changes);
    }

    StopDcsSettings stopDcs(ServiceSettings.Scope scope) {
        int max = settings.isRecorded() ? StopDcsSettings.EARLIER_MAX_CHUNK : StopDcsSettings.MAX_CHUNK;
        int chunk = Math.min(
                StopDcsSettings.MAX_CHUNK, settings.integer(SettingKeys.CHUNK, StopDcsSettings.MAX_CHUNK, 1, max));
        // Recorded only if set: a run of an earlier version has no such setting, which must not count as a change.
        var fullMigration = settings.raw().has(SettingKeys.FULL_MIGRATION)
                ? settings.choice(SettingKeys.FULL_MIGRATION, FullMigration.class, FullMigration.KEEP)
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
        if (settings.isRecorded() && column == Column.SPEED_LIMIT_RULES) {
            CellProblem fault = SpeedRule.checkSyntax(value, limits);
            return fault == null ? List.of() : List.of(fault);
        }
        return column.faults(value, limits);
    }
}
