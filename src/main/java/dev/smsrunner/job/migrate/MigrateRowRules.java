package dev.smsrunner.job.migrate;

import static dev.smsrunner.inventory.Column.*;

import dev.smsrunner.inventory.CellProblem;
import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.inventory.OsFamily;
import dev.smsrunner.inventory.RowRules;
import java.util.List;
import java.util.function.BiConsumer;

/** Rows of a migration: one source and either a template or an existing target. */
final class MigrateRowRules implements RowRules {

    @Override
    public List<List<Column>> requiredColumns() {
        return List.of(
                List.of(SERVER_NAME),
                List.of(MIGRATION_TYPE),
                List.of(TARGET_REGION),
                List.of(TARGET_PROJECT_ID),
                List.of(VM_TEMPLATE_ID, TARGET_SERVER_ID));
    }

    @Override
    public String warningFor(Column column) {
        return column.isForOtherJobs() ? "is not read by job migrate" : "";
    }

    /** SMS ignores the address of a target that it creates from a template. */
    @Override
    public boolean hasTargetAddress(InventoryRow row) {
        return !row.targetServerId().isEmpty();
    }

    @Override
    public boolean skipsForbiddenRows() {
        return true;
    }

    @Override
    public boolean launchesTargets() {
        return true;
    }

    @Override
    public void checkCombination(InventoryRow row, BiConsumer<Column, CellProblem> problems) {
        boolean existing = !row.targetServerId().isEmpty();
        if (existing && !row.vmTemplateId().isEmpty()) {
            problems.accept(
                    TARGET_SERVER_ID,
                    new CellProblem(
                            "is set together with vm_template_id",
                            "keep target_server_id for an existing target, vm_template_id for a new one"));
        }
        if (existing && row.migrationIp().isEmpty()) {
            problems.accept(
                    MIGRATION_IP,
                    new CellProblem(
                            "is empty, but target_server_id is an existing target", "write the address of the target"));
        }
        if (row.osFamily() == OsFamily.WINDOWS && row.value(MIGRATION_TYPE).equalsIgnoreCase("MIGRATE_FILE")) {
            problems.accept(
                    MIGRATION_TYPE,
                    new CellProblem("MIGRATE_FILE is not possible for WINDOWS", "write MIGRATE_BLOCK for this server"));
        }
    }
}
