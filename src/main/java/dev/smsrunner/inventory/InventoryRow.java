package dev.smsrunner.inventory;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Data row of an inventory: the cells as written, and the effective value of each known column. An empty cell takes the default
 * of the job file.
 */
public final class InventoryRow {

    private final int row;
    private final int line;
    private final Header header;
    private final String[] cells;
    private final Map<String, String> defaults;

    InventoryRow(int row, int line, Header header, String[] cells, Map<String, String> defaults) {
        this.row = row;
        this.line = line;
        this.header = header;
        this.cells = header.normalize(cells);
        this.defaults = defaults;
    }

    /**
     * Restores a row from {@link #cells()}, without the file.
     *
     * @param defaults values for empty cells by column name, from the job file; kept by reference
     */
    public static InventoryRow restore(int row, int line, Map<String, String> cells, Map<String, String> defaults) {
        Header header = Header.of(List.copyOf(cells.keySet()));
        return new InventoryRow(row, line, header, header.cells(cells), defaults);
    }

    /** Number of the data row, from 1. */
    public int row() {
        return row;
    }

    /** First line of the row in the file, from 1. */
    public int line() {
        return line;
    }

    /** Trimmed cells of all columns by name, in file order, including unknown columns, without defaults. */
    public Map<String, String> cells() {
        Map<String, String> byName = new LinkedHashMap<>();
        for (int i = 0; i < cells.length; i++) {
            byName.put(header.names().get(i), cells[i]);
        }
        return byName;
    }

    /**
     * Effective value: the cell, else the default, else an empty text. A row with its own existing target does not inherit a
     * template, and vice versa.
     */
    public String value(Column column) {
        String cell = cell(column);
        if (!cell.isEmpty() || hasOtherTarget(column)) {
            return cell;
        }
        return defaults.getOrDefault(column.label(), "");
    }

    /** Trimmed cell; empty when the file does not have the column. */
    public String cell(Column column) {
        int position = header.position(column);
        return position < 0 || position >= cells.length ? "" : cells[position];
    }

    /** Operations that the job file allows by name, separated by commas. */
    public String allowedOperations() {
        return defaults.getOrDefault(Operations.ALLOWED, "");
    }

    private boolean hasOtherTarget(Column column) {
        return switch (column) {
            case VM_TEMPLATE_ID -> !cell(Column.TARGET_SERVER_ID).isEmpty();
            case TARGET_SERVER_ID -> !cell(Column.VM_TEMPLATE_ID).isEmpty();
            default -> false;
        };
    }

    /** Name of the server; without one, the first other identifier of the row. */
    public String serverName() {
        return firstOf(Column.SERVER_NAME, Column.SOURCE_SERVER_ID, Column.TASK_ID, Column.SOURCE_IP, Column.TASK_NAME);
    }

    public String waveName() {
        return value(Column.WAVE_NAME);
    }

    public String appName() {
        return value(Column.APP_NAME);
    }

    /** Id of the source server in SMS, or empty. */
    public String sourceServerId() {
        return value(Column.SOURCE_SERVER_ID);
    }

    /** Address of the source server as written, or empty. */
    public String sourceIp() {
        return value(Column.SOURCE_IP);
    }

    /** Operating system family; null to use the family of the source server. */
    public @Nullable OsFamily osFamily() {
        return OsFamily.of(value(Column.SERVER_OS_FAMILY)).orElse(null);
    }

    /**
     * Copy method of the disks.
     *
     * @throws IllegalStateException if neither row nor defaults have it; a file checked for a migration always has it
     */
    public MigrationType migrationType() {
        String type = value(Column.MIGRATION_TYPE);
        if (type.isEmpty()) {
            throw new IllegalStateException(this + " has no migration_type. Check the inventory before reading it.");
        }
        return MigrationType.valueOf(type.toUpperCase(Locale.ROOT));
    }

    public String targetRegion() {
        return value(Column.TARGET_REGION);
    }

    /** Name of the region, else its id. */
    public String targetRegionName() {
        return firstOf(Column.TARGET_REGION_NAME, Column.TARGET_REGION);
    }

    public String targetProjectId() {
        return value(Column.TARGET_PROJECT_ID);
    }

    /** Name of the project, else its id. */
    public String targetProjectName() {
        return firstOf(Column.TARGET_PROJECT_NAME, Column.TARGET_PROJECT_ID);
    }

    /** Template of a new target; empty for an existing target. */
    public String vmTemplateId() {
        return value(Column.VM_TEMPLATE_ID);
    }

    /** Id of the existing target; empty for a new target. */
    public String targetServerId() {
        return value(Column.TARGET_SERVER_ID);
    }

    /** Name of the target, else the name of the source. */
    public String targetServerName() {
        return firstOf(Column.TARGET_SERVER_NAME, Column.SERVER_NAME);
    }

    /** Address of an existing target, or empty. */
    public String migrationIp() {
        return value(Column.MIGRATION_IP);
    }

    /** Whether the copy uses the public network; null when not set. */
    public @Nullable Boolean usePublicIp() {
        return yesOrNo(Column.USE_PUBLIC_IP);
    }

    /** Whether SMS keeps the copy in sync; null when not set. */
    public @Nullable Boolean syncing() {
        return yesOrNo(Column.SYNCING);
    }

    /** Whether the target is started after the migration; null when not set. */
    public @Nullable Boolean startTargetServer() {
        return yesOrNo(Column.START_TARGET_SERVER);
    }

    /** Whether SMS verifies the copy; null when not set. */
    public @Nullable Boolean verifyConsistency() {
        return yesOrNo(Column.VERIFY_CONSISTENCY);
    }

    /** Speed limit in Mbit/s, 0 = none; null when not set. */
    public @Nullable Integer speedLimitMbit() {
        String limit = value(Column.SPEED_LIMIT_MBIT);
        return limit.isEmpty() ? null : Integer.valueOf(limit);
    }

    /** Whether the row has speed limits by time of day, or removes them. */
    public boolean limitsSpeedByTime() {
        return !value(Column.SPEED_LIMIT_RULES).isEmpty();
    }

    /** Speed limits by time of day; empty when they are removed or not set. */
    public List<SpeedRule> speedRules() {
        return SpeedRule.read(value(Column.SPEED_LIMIT_RULES));
    }

    /** Percentage by which the copy may exceed its speed limit, 10 to 100; null when not set. */
    public @Nullable Integer overSpeedThreshold() {
        String threshold = value(Column.OVER_SPEED_THRESHOLD);
        return threshold.isEmpty() ? null : Integer.valueOf(threshold);
    }

    /** Size of the disks in GB; null when it is not set, or not a number in the row of an earlier version. */
    public @Nullable BigDecimal sizeGb() {
        return Amount.read(value(Column.SIZE_GB)).orElse(null);
    }

    /** Speed of the link of the server in Mbit/s; null when it is not set, or not a number in the row of an earlier version. */
    public @Nullable BigDecimal linkMbit() {
        return Amount.read(value(Column.LINK_MBIT)).orElse(null);
    }

    /** Whether the inventory permits the migration of the server. */
    public boolean isOkToMigrate() {
        return !Permission.isNo(value(Column.OK_TO_MIGRATE));
    }

    /** Whether the inventory permits the launch of the target. */
    public boolean isOkToCutover() {
        return !forbidsCutover(value(Column.OK_TO_CUTOVER));
    }

    /** Whether a cell of the column {@code ok_to_cutover} forbids the launch of the target. */
    public static boolean forbidsCutover(String cell) {
        return Permission.isNo(cell);
    }

    /** Limits of cell values of the job file. */
    public CellLimits limits() {
        return CellLimits.of(defaults);
    }

    /** Priority, 0 to 65535; 1 by default. */
    public int priority() {
        String priority = value(Column.PRIORITY);
        return priority.isEmpty() ? 1 : Integer.parseInt(priority);
    }

    /** Entries of the dependencies, as written. */
    public List<String> dependsOn() {
        return ServerName.list(value(Column.DEPENDS_ON));
    }

    /** Name of the only window in which the target is launched, or empty. */
    public String cutoverWindow() {
        return value(Column.CUTOVER_WINDOW);
    }

    /** Earliest time of the launch; null when it is not set. */
    public @Nullable Instant cutoverAt() {
        return CutoverTime.read(value(Column.CUTOVER_AT))
                .map(OffsetDateTime::toInstant)
                .orElse(null);
    }

    /** Tags by key, in the order of the cell. */
    public Map<String, String> tags() {
        return CellGrammar.readTags(value(Column.TAGS));
    }

    private @Nullable Boolean yesOrNo(Column column) {
        String text = value(column);
        return text.isEmpty() ? null : CellGrammar.isYes(text);
    }

    private String firstOf(Column... columns) {
        for (Column column : columns) {
            if (!value(column).isEmpty()) {
                return value(column);
            }
        }
        return "";
    }

    @Override
    public String toString() {
        return serverName() + " (row " + row + ")";
    }
}
