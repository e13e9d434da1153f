package dev.smsrunner.inventory;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names of columns in the files of other tools: AWS Application Migration Service (import parameters, page of 2025-10), AWS Cloud
 * Migration Factory (intake form), Azure Migrate (import template and scripts), VAMT, RVTools (vInfo), ServiceNow (servers), and
 * the Terraform resource {@code huaweicloud_sms_task}. The comparison ignores letter case, blanks, punctuation and units in
 * brackets.
 */
public final class ColumnAliases {

    private static final Map<Column, List<String>> NAMES = new EnumMap<>(Column.class);
    private static final Map<String, Column> BY_KEY = new HashMap<>();

    static {
        add(Column.WAVE_NAME, "Wave", "Migration wave", "Wave number", "mgn:wave:name");
        add(Column.APP_NAME, "Application", "Application name", "App", "mgn:app:name");
        add(
                Column.SERVER_NAME,
                "VM",
                "VM name",
                "Server",
                "Name",
                "Host name",
                "Machine name",
                "Computer name",
                "Source machine name",
                "mgn:server:user-provided-id");
        add(Column.SOURCE_SERVER_ID, "SMS source id");
        add(
                Column.SOURCE_IP,
                "IP",
                "IP address",
                "IP addresses",
                "Primary IP address",
                "Private IP",
                "Private IP address",
                "Source IP address",
                "Server IP");
        add(Column.SERVER_OS_FAMILY, "OS family", "OS type", "Platform", "mgn:server:platform");
        add(Column.TARGET_SERVER_NAME, "Target name", "Target machine name", "Target VM name");
        add(Column.SPEED_LIMIT_MBIT, "Speed limit", "Bandwidth limit (Mbit/s)", "Bandwidth throttling (Mbit/s)");
        add(Column.PRIORITY, "Prio", "Migration priority");
        add(Column.DEPENDS_ON, "Depends", "Dependency", "Dependencies", "Predecessor", "Predecessors");
        add(Column.CHANGE_TICKET, "Change", "Change number");
        add(Column.SIZE_GB, "Size (GB)", "Disk size (GB)", "Total disk size (GB)");
        add(Column.LINK_MBIT, "Link (Mbit/s)", "Link speed (Mbit/s)");
        add(Column.OK_TO_MIGRATE, "Migrate");
        for (Column column : Column.values()) {
            // reports and the inventory command have the present states as copy_state and migration_cycle
            if (column != Column.COPYSTATE && column != Column.MIGRATIONCYCLE) {
                BY_KEY.put(HeaderName.of(column.label()).key(), column);
            }
        }
    }

    private ColumnAliases() {}

    private static void add(Column column, String... names) {
        NAMES.put(column, List.of(names));
        for (String name : names) {
            BY_KEY.put(HeaderName.of(name).key(), column);
        }
    }

    /** Names of other tools by column, as these tools write them. */
    public static Map<Column, List<String>> names() {
        return NAMES;
    }

    /** Column with this name, in the spelling of another tool or in its own; empty for an unknown name. */
    public static Optional<Column> find(String written) {
        Optional<Column> exact = Column.of(Whitespace.trim(written));
        if (exact.isPresent()) {
            return exact;
        }
        HeaderName name = HeaderName.of(written);
        return name.hasUnknownHint() ? Optional.empty() : Optional.ofNullable(BY_KEY.get(name.key()));
    }

    /** Whether the name belongs to a column. */
    static boolean isKnown(String written) {
        return find(written).isPresent();
    }

    /** Column of a name whose text in brackets may change its meaning, such as another unit. */
    static Optional<Column> findIgnoringHint(String written) {
        return Optional.ofNullable(BY_KEY.get(HeaderName.of(written).key()));
    }
}
