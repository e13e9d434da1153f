package dev.smsrunner.inventory;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Checks an inventory file: everything that can be known without the cloud, all problems at once. */
public final class InventoryFile {

    private InventoryFile() {}

    /**
     * Checks the inventory of a migration.
     *
     * @param file the CSV file; one that cannot be read is a problem like any other, not an exception
     * @param defaults values for empty cells by column name, as the job file has them
     */
    public static InventoryCheckResult check(Path file, Map<String, String> defaults) {
        return check(file, defaults, RowRules.MIGRATE);
    }

    /** Checks the inventory of any job in one streaming pass that keeps no rows. */
    public static InventoryCheckResult check(Path file, Map<String, String> defaults, RowRules rules) {
        return check(file, defaults, rules, LaunchOrder.NONE);
    }

    /** The same, and whether rows and waves wait for each other in a circle. */
    public static InventoryCheckResult check(
            Path file, Map<String, String> defaults, RowRules rules, LaunchOrder order) {
        return new InventoryCheck(file, defaults, rules, order, null, Set.of()).run();
    }

    /**
     * The same, with the files that rows name.
     *
     * @param folder where the paths of these files begin
     * @param begunSpeedRules speed limits by time of day that the run has already that is to go on with the file
     */
    public static InventoryCheckResult check(
            Path file,
            Map<String, String> defaults,
            RowRules rules,
            LaunchOrder order,
            Path folder,
            Set<String> begunSpeedRules) {
        return new InventoryCheck(file, defaults, rules, order, folder, begunSpeedRules).run();
    }
}
