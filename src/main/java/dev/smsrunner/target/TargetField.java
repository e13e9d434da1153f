package dev.smsrunner.target;

/** A property of a migration task that decides where, or how, a server is migrated. */
public enum TargetField {
    /** Existing or new target server. */
    EXIST_SERVER("exist_server", true),
    /** Id of the existing target server. */
    TARGET_SERVER_ID("target_server_id", true),
    TARGET_REGION("target_region", true),
    TARGET_PROJECT_ID("target_project_id", true),
    VM_TEMPLATE_ID("vm_template_id", false),
    MIGRATION_TYPE("migration_type", false),
    /** Public or private network. */
    USE_PUBLIC_IP("use_public_ip", false),
    /** Address at which the source reaches an existing target server. */
    MIGRATION_IP("migration_ip", false);

    private final String label;
    private final boolean identity;

    TargetField(String label, boolean identity) {
        this.label = label;
        this.identity = identity;
    }

    /** The inventory column, or the API field where the inventory has no such column. */
    public String label() {
        return label;
    }

    /** Whether the field decides which server is overwritten or made; the others decide how that is done. */
    public boolean identity() {
        return identity;
    }
}
