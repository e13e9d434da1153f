package dev.smsrunner.inventory;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Checks an inventory file without the cloud and reports all problems at once. */
public final class InventoryFile {

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
        return new InventoryCheck(file, defaults, rules, order, null, Set.of()).run();
    }

    /**
     * Checks an inventory, including files referenced by rows.
     *
     * @param folder base directory of these files
     * @param recordedSpeedRules speed limits by time of day in the ledger of the resumed run
     */
    public static InventoryCheckResult check(
            Path file,
            Map<String, String> defaults,
            RowRules rules,
            LaunchOrder order,
            Path folder,
            Set<String> recordedSpeedRules) {
        return new InventoryCheck(file, defaults, rules, order, folder, recordedSpeedRules).run();
    }
}
