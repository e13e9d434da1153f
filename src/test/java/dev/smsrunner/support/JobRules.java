package dev.smsrunner.support;

import dev.smsrunner.inventory.InventoryCheckResult;
import dev.smsrunner.inventory.InventoryFile;
import dev.smsrunner.inventory.RowRules;
import dev.smsrunner.job.BulkJobs;
import java.nio.file.Path;
import java.util.Map;

/** Row rules of the registered jobs. */
public final class JobRules {

    public static final RowRules MIGRATE = of("migrate");
    public static final RowRules ACTION = of("action");
    public static final RowRules CHANGESTATE = of("changestate");
    public static final RowRules UPDATE = of("update");
    public static final RowRules STOP_DCS = of("stop-dcs");

    private JobRules() {}

    private static RowRules of(String label) {
        return BulkJobs.ALL.stream()
                .filter(job -> job.label().equals(label))
                .findFirst()
                .orElseThrow()
                .rowRules();
    }

    /** Checks the inventory of a migration. */
    public static InventoryCheckResult check(Path file, Map<String, String> defaults) {
        return InventoryFile.check(file, defaults, MIGRATE);
    }
}
