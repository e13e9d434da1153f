package dev.smsrunner.job.migrate.preflight;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.sms.SourceServer;
import dev.smsrunner.sms.TargetLayout;
import java.util.Locale;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/**
 * Facts about the source that the task needs, stored in the ledger from preflight to the creation of the task.
 *
 * @param osType LINUX or WINDOWS
 * @param layout disks, volume groups and file systems that the target must get
 */
public record SourceFacts(String osType, TargetLayout layout) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Facts of a row that passed preflight. */
    public static SourceFacts of(InventoryRow row, SourceServer source, TargetLayout layout) {
        var osType = row.osFamily() != null
                ? row.osFamily().name()
                : Objects.toString(source.osType(), "").toUpperCase(Locale.ROOT);
        return new SourceFacts(osType, layout);
    }

    /** Reads the format of {@link #toJson()}. */
    public static SourceFacts fromJson(String text) {
        return JSON.readValue(text, SourceFacts.class);
    }

    /** The facts as text for the ledger. */
    public String toJson() {
        return JSON.writeValueAsString(this);
    }
}
