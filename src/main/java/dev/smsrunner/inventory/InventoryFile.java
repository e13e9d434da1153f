package dev.smsrunner.inventory;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks an inventory file without the cloud and reports all problems at once. */
public final class InventoryFile {

    /** Columns with facts about a source that the command inventory writes. The runner copies them to the report unread. */
    public static final List<String> FACTS =
            List.of("os_version", "connected", "copy_state", "migration_cycle", "current_task", "current_task_state");

    private InventoryFile() {}

    /**
     * Checks an inventory in one streaming pass that keeps no rows.
     *
     * @param file the CSV file; an unreadable file is a problem, not an exception
     * @param defaults values for empty cells by column name, from the job file
     */
    public static InventoryCheckResult check(Path file, Map<String, String> defaults, RowRules rules) {
        return check(file, defaults, rules, LaunchOrder.NONE);
    }

    /** Checks an inventory, including cycles of rows and waves. */
    public static InventoryCheckResult check(
            Path file, Map<String, String> defaults, RowRules rules, LaunchOrder order) {
        return new InventoryCheck(file, defaults, rules, order, null, ColumnMapping.NONE, AcceptedInventory.NONE).run();
    }

    /**
     * Checks an inventory, including files referenced by rows.
     *
     * @param folder base directory of these files
     * @param mapping columns of the header that the job file maps
     * @param accepted what an unfinished run has accepted
     */
    public static InventoryCheckResult check(
            Path file,
            Map<String, String> defaults,
            RowRules rules,
            LaunchOrder order,
            Path folder,
            ColumnMapping mapping,
            AcceptedInventory accepted) {
        return new InventoryCheck(file, defaults, rules, order, folder, mapping, accepted).run();
    }

    /**
     * Reads the header of a file of another tool, such as an export, without a check of its rows.
     *
     * @param names names of the header, as written
     * @return the column of each name, in the order of the names; null for a name that belongs to no column and for a second name
     *     of a column
     */
    public static List<@Nullable Column> columnsOf(List<String> names, ColumnMapping mapping) {
        return HeaderLayout.of(names.toArray(String[]::new), mapping).fields().stream()
                .<@Nullable Column>map(field -> field.isColumn() ? field.column() : null)
                .toList();
    }
}
