package dev.smsrunner.inventory;

/** Copy method of the disks ({@code type} of CreateTask). Windows supports only the block level. */
public enum MigrationType {
    MIGRATE_FILE,
    MIGRATE_BLOCK
}
