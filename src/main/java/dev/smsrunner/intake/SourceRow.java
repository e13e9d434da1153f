package dev.smsrunner.intake;

import dev.smsrunner.inventory.CellLimits;
import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.MigrationType;
import dev.smsrunner.inventory.OsFamily;
import dev.smsrunner.sms.CurrentTask;
import dev.smsrunner.sms.Disk;
import dev.smsrunner.sms.MigrationCycle;
import dev.smsrunner.sms.SourceServer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Row of an inventory for one registered source. */
final class SourceRow {

    static final Comparator<SourceServer> BY_NAME = Comparator.comparing(
                    (SourceServer source) -> Objects.requireNonNullElse(source.name(), ""),
                    String.CASE_INSENSITIVE_ORDER)
            .thenComparing(source -> Objects.requireNonNullElse(source.id(), ""));

    /** Columns with a fact of SMS, which takes precedence over the cell of a list. */
    static final Set<Column> FROM_SMS = EnumSet.of(Column.SERVER_OS_FAMILY, Column.SIZE_GB);

    private static final BigDecimal BYTES_PER_GB = BigDecimal.valueOf(1L << 30);

    private SourceRow() {}

    /** Whether the source needs no migration any more: SMS shows its target as launched. */
    static boolean isFinished(SourceServer source) {
        return source.copyState().isLaunched() || source.cycle() == MigrationCycle.CUTOVERED;
    }

    /**
     * Cells by column name.
     *
     * @param defaults values for empty cells by column name
     * @param listed cells of the operator's list by column name; they take precedence over the defaults
     */
    static Map<String, String> cells(SourceServer source, Map<String, String> defaults, Map<String, String> listed) {
        var cells = new HashMap<>(defaults);
        listed.forEach((name, value) -> {
            if (!value.isEmpty() && !isMalformedFact(name, value)) {
                cells.put(name, value);
            }
        });
        if (!listed.getOrDefault(Column.TARGET_SERVER_ID.label(), "").isEmpty()
                && listed.getOrDefault(Column.VM_TEMPLATE_ID.label(), "").isEmpty()) {
            cells.remove(Column.VM_TEMPLATE_ID.label()); // an existing target has no template, not even the default one
        }
        put(cells, Column.SERVER_NAME.label(), source.name());
        put(cells, Column.SOURCE_SERVER_ID.label(), source.id());
        put(cells, Column.SOURCE_IP.label(), source.ip());
        var family = family(source, cells.getOrDefault(Column.SERVER_OS_FAMILY.label(), ""));
        put(cells, Column.SERVER_OS_FAMILY.label(), family);
        gigabytes(source).ifPresent(size -> cells.put(Column.SIZE_GB.label(), size));
        if (OsFamily.WINDOWS.name().equalsIgnoreCase(family) && cells.containsKey(Column.MIGRATION_TYPE.label())) {
            cells.put(Column.MIGRATION_TYPE.label(), MigrationType.MIGRATE_BLOCK.name());
        }
        facts(source, cells);
        return cells;
    }

    private static boolean isMalformedFact(String name, String value) {
        return Column.of(name)
                .filter(FROM_SMS::contains)
                .filter(column -> !column.faults(value, CellLimits.DEFAULT).isEmpty())
                .isPresent();
    }

    /** Family as SMS shows it, else that of the cell. */
    private static String family(SourceServer source, String cell) {
        var shown = Objects.requireNonNullElse(source.osType(), "").strip();
        return shown.isEmpty() ? OsFamily.of(cell).map(OsFamily::name).orElse("") : shown;
    }

    private static void facts(SourceServer source, Map<String, String> cells) {
        put(cells, "os_version", source.osVersion());
        put(
                cells,
                "connected",
                source.connected() == null ? null : source.connected().toString());
        put(cells, "copy_state", source.state());
        put(cells, "migration_cycle", source.migrationCycle());
        put(cells, "current_task", source.currentTaskId());
        put(
                cells,
                "current_task_state",
                Optional.ofNullable(source.currentTask())
                        .map(CurrentTask::state)
                        .orElse(null));
    }

    /** Puts a text of SMS on one line. */
    private static void put(Map<String, String> cells, String name, @Nullable String value) {
        cells.put(name, value == null ? "" : value.replaceAll("\\p{Cntrl}", " ").strip());
    }

    /**
     * Bytes to copy, in units of 2^30 bytes with at most one decimal: {@code totalsize}, else the used parts of the disks, else
     * their sizes (ListServers, API reference 2026-01-27); empty when SMS shows none of them.
     */
    static Optional<String> gigabytes(SourceServer source) {
        var disks = source.initTargetServer() == null
                ? source.disks()
                : source.initTargetServer().disks();
        return Stream.of(
                        Objects.requireNonNullElse(source.totalSize(), 0L),
                        disks.stream().mapToLong(SourceRow::used).sum(),
                        disks.stream().mapToLong(SourceRow::size).sum())
                .filter(bytes -> bytes > 0)
                .findFirst()
                .map(bytes -> BigDecimal.valueOf(bytes)
                        .divide(BYTES_PER_GB, 1, RoundingMode.UP)
                        .stripTrailingZeros()
                        .toPlainString());
    }

    private static long used(Disk disk) {
        return Objects.requireNonNullElse(disk.usedSize(), 0L);
    }

    private static long size(Disk disk) {
        return Objects.requireNonNullElse(disk.size(), 0L);
    }

    /** Source for messages: name and address. */
    static String text(SourceServer source) {
        return text(Objects.requireNonNullElse(source.name(), ""), Objects.requireNonNullElse(source.ip(), ""));
    }

    static String text(String name, String address) {
        return address.isEmpty() ? name : (name + " (" + address + ")").strip();
    }
}
