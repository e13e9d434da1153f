package dev.smsrunner.inventory;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The fields of UpdateTask that may be written, of both generations of its page, and those that belong to the agent. */
public final class UpdateFields {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final List<String> WRITABLE = List.of(
            "name",
            "type",
            "os_type",
            "priority",
            "region_id",
            "region_name",
            "project_id",
            "project_name",
            "start_target_server",
            "enterprise_project_id",
            "enterprise_project",
            "exist_server",
            "migration_ip",
            "speed_limit",
            "vm_template_id",
            "target_server",
            "clone_server",
            "use_ipv6",
            "use_public_ip",
            "image_disk_id",
            "target_disk_ids",
            "target_snapshot_id",
            "snapshot_ids",
            "cutovered_snapshot_ids");

    /** What the agent writes back into its own record of the task. */
    private static final Set<String> OF_THE_AGENT = Set.of(
            "id",
            "state",
            "sub_tasks",
            "source_server",
            "connected",
            "create_date",
            "start_date",
            "finish_date",
            "estimate_complete_time",
            "migrate_speed",
            "error_json",
            "total_time",
            "remain_seconds",
            "float_ip");

    private UpdateFields() {}

    /** What is wrong with a cell that holds a JSON object, or names a file of one ({@code @path}); null when nothing is. */
    static @Nullable Fault cell(String value) {
        return value.startsWith("@") ? null : check(value);
    }

    /** What is wrong with the text of a JSON object, or null. */
    public static @Nullable Fault check(String text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JacksonException notJson) {
            return new Fault(
                    "is not JSON", "write an object such as {\"target_server\": {...}}, or @ and the path of a file");
        }
        if (!root.isObject() || root.isEmpty()) {
            return new Fault("is not a JSON object with fields", "write an object such as {\"priority\": 2}");
        }
        for (String name : root.propertyNames()) {
            if (OF_THE_AGENT.contains(name)) {
                return new Fault("the field " + name + " belongs to the agent of SMS", "remove it");
            }
            if (!WRITABLE.contains(name)) {
                return new Fault(
                        Quoted.of(name) + " is not a field of UpdateTask",
                        Suggestions.advice(name, WRITABLE, "write one of " + String.join(", ", WRITABLE)));
            }
        }
        return null;
    }
}
