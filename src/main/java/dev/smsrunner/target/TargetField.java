package dev.smsrunner.target;

/** Property of a migration task that defines the target server or its migration. */
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
    /** Address of an existing target server for the source. */
    MIGRATION_IP("migration_ip", false);

    private final String label;
    private final boolean identity;

    TargetField(String label, boolean identity) {
        this.label = label;
        this.identity = identity;
    }

    /** Inventory column, or API field without such a column. */
    public String label() {
        return label;
    }

    /** Whether the field defines which server is overwritten or created; the other fields define how. */
    public boolean isIdentity() {
        return identity;
    }
}
