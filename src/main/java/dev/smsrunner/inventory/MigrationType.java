package dev.smsrunner.inventory;

/** How the disks are copied, as CreateTask names it ({@code type}); Windows knows only the block level. */
public enum MigrationType {
    MIGRATE_FILE,
    MIGRATE_BLOCK
}
