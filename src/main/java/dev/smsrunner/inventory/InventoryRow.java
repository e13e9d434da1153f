package dev.smsrunner.inventory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One data row of an inventory: the cells as written, and the effective value of each known column, which is the cell
 * or, where it is empty, the default of the job file.
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
        this.cells = header.tidy(cells);
        this.defaults = defaults;
    }

    /**
     * Builds a row again from what {@link #cells()} gave, without the file.
     *
     * @param defaults values for empty cells by column name, as the job file has them; kept by reference
     */
    public static InventoryRow restore(int row, int line, Map<String, String> cells, Map<String, String> defaults) {
        Header header = Header.of(List.copyOf(cells.keySet()));
        return new InventoryRow(row, line, header, header.cells(cells), defaults);
    }

    /** The number of the data row, from 1. */
    public int row() {
        return row;
    }

    /** The line of the file on which the row begins, from 1. */
    public int line() {
        return line;
    }

    /** The cells of all columns by name in file order, unknown columns included, trimmed, without defaults. */
    public Map<String, String> cells() {
        Map<String, String> byName = new LinkedHashMap<>();
        for (int i = 0; i < cells.length; i++) {
            byName.put(header.names().get(i), cells[i]);
        }
        return byName;
    }

    /**
     * The effective value: the cell, else the default, else an empty text. A row that names its own existing target
     * does not inherit a template, and the other way round.
     */
    public String value(Column column) {
        String cell = cell(column);
        if (!cell.isEmpty() || hasOtherTarget(column)) {
            return cell;
        }
        return defaults.getOrDefault(column.label(), "");
    }

    /** What the cell itself says, trimmed; empty when the file lacks the column. */
    String cell(Column column) {
        int position = header.position(column);
        return position < 0 || position >= cells.length ? "" : cells[position];
    }

    /** The operations that the job file allows by name, separated by commas. */
    String allowedOperations() {
        return defaults.getOrDefault(Operations.ALLOWED, "");
    }

    private boolean hasOtherTarget(Column column) {
        return switch (column) {
            case VM_TEMPLATE_ID -> !cell(Column.TARGET_SERVER_ID).isEmpty();
            case TARGET_SERVER_ID -> !cell(Column.VM_TEMPLATE_ID).isEmpty();
            default -> false;
        };
    }

    /** The name of the server; in jobs that do not need one, the best other word for it. */
    public String serverName() {
        return firstOf(Column.SERVER_NAME, Column.SOURCE_SERVER_ID, Column.TASK_ID, Column.SOURCE_IP, Column.TASK_NAME);
    }

    public String waveName() {
        return value(Column.WAVE_NAME);
    }

    public String appName() {
        return value(Column.APP_NAME);
    }

    /** The id of the source server in SMS, or empty. */
    public String sourceServerId() {
        return value(Column.SOURCE_SERVER_ID);
    }

    /** The address of the source server as written, or empty. */
    public String sourceIp() {
        return value(Column.SOURCE_IP);
    }

    /** The operating system family, or null when the source server is to say it. */
    public @Nullable OsFamily osFamily() {
        String family = value(Column.SERVER_OS_FAMILY);
        return family.isEmpty() ? null : OsFamily.valueOf(family.toUpperCase(Locale.ROOT));
    }

    /**
     * How the disks are copied.
     *
     * @throws IllegalStateException if neither row nor defaults say it, which a file checked for a migration excludes
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

    /** The name of the region, else its id. */
    public String targetRegionName() {
        return firstOf(Column.TARGET_REGION_NAME, Column.TARGET_REGION);
    }

    public String targetProjectId() {
        return value(Column.TARGET_PROJECT_ID);
    }

    /** The name of the project, else its id. */
    public String targetProjectName() {
        return firstOf(Column.TARGET_PROJECT_NAME, Column.TARGET_PROJECT_ID);
    }

    /** The template of which the target is made; empty when the target exists. */
    public String vmTemplateId() {
        return value(Column.VM_TEMPLATE_ID);
    }

    /** The existing target; empty when it is made of a template. */
    public String targetServerId() {
        return value(Column.TARGET_SERVER_ID);
    }

    /** The name of the target, else the name of the source. */
    public String targetServerName() {
        return firstOf(Column.TARGET_SERVER_NAME, Column.SERVER_NAME);
    }

    /** The address under which an existing target is reached, or empty. */
    public String migrationIp() {
        return value(Column.MIGRATION_IP);
    }

    /** Whether the copy travels over the public network; null when nothing says so. */
    public @Nullable Boolean usePublicIp() {
        return yesOrNo(Column.USE_PUBLIC_IP);
    }

    /** Whether synchronisation goes on after the copy; null when nothing says so. */
    public @Nullable Boolean syncing() {
        return yesOrNo(Column.SYNCING);
    }

    /** Whether the target is started after the migration; null when nothing says so. */
    public @Nullable Boolean startTargetServer() {
        return yesOrNo(Column.START_TARGET_SERVER);
    }

    /** Whether the copy is verified; null when nothing says so. */
    public @Nullable Boolean verifyConsistency() {
        return yesOrNo(Column.VERIFY_CONSISTENCY);
    }

    /** The speed limit in Mbit/s, 0 = none; null when nothing says so. */
    public @Nullable Integer speedLimitMbit() {
        String limit = value(Column.SPEED_LIMIT_MBIT);
        return limit.isEmpty() ? null : Integer.valueOf(limit);
    }

    /** Whether the row says anything about speed limits by time of day. */
    public boolean limitsSpeedByTime() {
        return !value(Column.SPEED_LIMIT_RULES).isEmpty();
    }

    /** The speed limits by time of day; empty when there shall be none, or when nothing says so. */
    public List<SpeedRule> speedRules() {
        return SpeedRule.read(value(Column.SPEED_LIMIT_RULES));
    }

    /** By how many percent the copy may exceed its speed limit, 10 to 100; null when nothing says so. */
    public @Nullable Integer overSpeedThreshold() {
        String threshold = value(Column.OVER_SPEED_THRESHOLD);
        return threshold.isEmpty() ? null : Integer.valueOf(threshold);
    }

    /** The limits of values that the job file sets. */
    public CellLimits limits() {
        return CellLimits.of(defaults);
    }

    /** The priority, 0 to 65535, 1 when nothing says so. */
    public int priority() {
        String priority = value(Column.PRIORITY);
        return priority.isEmpty() ? 1 : Integer.parseInt(priority);
    }

    /** The names of the servers that come first, as written. */
    public List<String> dependsOn() {
        return ServerName.list(value(Column.DEPENDS_ON));
    }

    /** The tags by key, in the order of the cell. */
    public Map<String, String> tags() {
        return CellGrammar.readTags(value(Column.TAGS));
    }

    private @Nullable Boolean yesOrNo(Column column) {
        String word = value(column);
        return word.isEmpty() ? null : CellGrammar.isYes(word);
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
