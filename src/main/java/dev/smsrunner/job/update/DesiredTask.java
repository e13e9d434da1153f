package dev.smsrunner.job.update;

import dev.smsrunner.inventory.CellLimits;
import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.FieldRule;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.inventory.PlainFile;
import dev.smsrunner.inventory.UpdateFields;
import dev.smsrunner.reconcile.SpeedRules;
import dev.smsrunner.sms.SpeedLimits;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Desired state of a task.
 *
 * @param fields of UpdateTask
 * @param rules of UpdateSpeed, an empty list to remove them; null when the row leaves them unset
 */
record DesiredTask(ObjectNode fields, @Nullable JsonNode rules) {

    /** Stored beside an empty list of rules, which in runs of earlier versions means that the row leaves them unset. */
    private static final String NO_RULES = "no_rules";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final FieldRule.Structure RULES = UpdateFields.rules();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final Map<Column, String> TEXTS = new EnumMap<>(Map.of(
            Column.TASK_NAME, "name",
            Column.MIGRATION_TYPE, "type",
            Column.TARGET_REGION, "region_id",
            Column.TARGET_REGION_NAME, "region_name",
            Column.TARGET_PROJECT_ID, "project_id",
            Column.TARGET_PROJECT_NAME, "project_name",
            Column.VM_TEMPLATE_ID, "vm_template_id",
            Column.MIGRATION_IP, "migration_ip"));

    private static final Map<Column, String> NUMBERS =
            new EnumMap<>(Map.of(Column.SPEED_LIMIT_MBIT, "speed_limit", Column.PRIORITY, "priority"));

    /**
     * Reads the row.
     *
     * @param directory base directory of the paths of JSON files
     * @throws IllegalArgumentException for an unreadable file or a field that must not be written, with a message for the
     *     operator
     */
    static DesiredTask parse(InventoryRow row, Path directory) {
        var fields = NODES.objectNode();
        TEXTS.forEach((column, field) -> {
            if (!row.value(column).isEmpty()) {
                fields.put(
                        field,
                        column == Column.MIGRATION_TYPE ? row.migrationType().name() : row.value(column));
            }
        });
        NUMBERS.forEach((column, field) -> {
            if (!row.value(column).isEmpty()) {
                fields.put(field, Integer.parseInt(row.value(column)));
            }
        });
        put(fields, "use_public_ip", row.usePublicIp());
        put(fields, "start_target_server", row.startTargetServer());
        fields.setAll(readNested(row.value(Column.UPDATE_JSON), directory, row.limits()));
        return new DesiredTask(
                fields, SpeedRules.requestedBy(row).map(SpeedLimits::json).orElse(null));
    }

    /** Parses {@link #toJson()}. */
    static DesiredTask restore(String text) {
        var root = JSON.readTree(text);
        var rules = root.path("rules");
        boolean none = rules.isEmpty() && !root.path(NO_RULES).asBoolean(false);
        return new DesiredTask((ObjectNode) root.path("fields"), none ? null : rules);
    }

    /** As JSON for the ledger. */
    String toJson() {
        var root = NODES.objectNode();
        root.set("fields", fields);
        root.set("rules", rules == null ? root.arrayNode() : rules);
        if (rules != null && rules.isEmpty()) {
            root.put(NO_RULES, true);
        }
        return JSON.writeValueAsString(root);
    }

    private static void put(ObjectNode fields, String name, @Nullable Boolean value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    private static ObjectNode readNested(String cell, Path directory, CellLimits limits) {
        if (cell.isEmpty()) {
            return NODES.objectNode();
        }
        var text = cell.startsWith("@") ? readFile(directory, cell.substring(1)) : cell;
        var faults = UpdateFields.check(text, limits);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(faults.stream()
                    .map(fault -> "update_json: %s; %s.".formatted(fault.what(), fault.advice()))
                    .collect(Collectors.joining(" ")));
        }
        return (ObjectNode) JSON.readTree(text);
    }

    private static String readFile(Path directory, String path) {
        var read = PlainFile.readForRow(directory, path);
        if (read.fault() != null) {
            throw new IllegalArgumentException("update_json: %s; %s."
                    .formatted(read.fault().what(), read.fault().advice()));
        }
        return Objects.requireNonNull(read.text());
    }

    /** Desired fields that differ from the shown ones, or are not shown. */
    ObjectNode fieldsToSend(JsonNode shown) {
        var missing = NODES.objectNode();
        fields.properties().forEach(field -> {
            var comparison = compare(shown, field);
            if (!comparison.different().isEmpty() || !comparison.hidden().isEmpty()) {
                missing.set(field.getKey(), field.getValue());
            }
        });
        return missing;
    }

    /**
     * Fields to send: the differing ones, and the whole target server, since UpdateTask accepts no part of it.
     *
     * @param btrfs btrfs file systems of the source, queried only when the shown task lacks them
     */
    ObjectNode updateBody(JsonNode shown, Supplier<JsonNode> btrfs) {
        var change = fieldsToSend(shown);
        var target = change.path(WholeTarget.FIELD);
        if (target.isObject()) {
            change.set(WholeTarget.FIELD, WholeTarget.of(shown, target, btrfs));
        }
        return change;
    }

    /** Mandatory fields of the target server that neither the row nor the service supplies. */
    List<String> missingMandatory(JsonNode shown) {
        var target = fieldsToSend(shown).path(WholeTarget.FIELD);
        return target.isObject() ? WholeTarget.missingMandatory(shown, target) : List.of();
    }

    /** Fields whose shown value differs; fields that the service does not show cannot be compared. */
    List<String> differingFields(JsonNode shown) {
        return paths(shown, UpdateComparison::different);
    }

    /** Fields that the service does not show, so that nothing can compare them. */
    List<String> hiddenFields(JsonNode shown) {
        return paths(shown, UpdateComparison::hidden);
    }

    /** List elements that the task does not have, so that the update would add them. */
    List<AddedElements.AddedElement> addedElements(JsonNode shown) {
        return AddedElements.of(shown, fields);
    }

    /** Each differing field with its current and its desired value. */
    List<String> differences(JsonNode shown) {
        var added = addedElements(shown).stream()
                .collect(Collectors.toMap(AddedElements.AddedElement::path, AddedElements.AddedElement::intention));
        return fields.properties().stream()
                .map(field -> compare(shown, field))
                .flatMap(comparison -> Stream.concat(comparison.different().stream(), comparison.hidden().stream()))
                .map(difference -> added.getOrDefault(difference.path(), difference.toString()))
                .toList();
    }

    private List<String> paths(JsonNode shown, Function<UpdateComparison, List<UpdateComparison.Difference>> which) {
        return fields.properties().stream()
                .flatMap(field -> which.apply(compare(shown, field)).stream())
                .map(UpdateComparison.Difference::path)
                .toList();
    }

    private static UpdateComparison compare(JsonNode shown, Map.Entry<String, JsonNode> field) {
        var name = field.getKey();
        return UpdateComparison.of(name, RULES.fields().get(name), shown.path(name), field.getValue());
    }

    /** Whether the row sets speed limits by time of day, possibly none. */
    boolean wantsRules() {
        return rules != null;
    }

    /** Whether ShowsSpeedLimits shows the desired limits; also true when the row leaves them unset. */
    boolean hasRules(JsonNode shown) {
        return rules == null || SpeedLimits.isEquivalent(shown.path("speed_limit"), rules);
    }
}
