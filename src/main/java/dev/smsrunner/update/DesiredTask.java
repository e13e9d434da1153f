package dev.smsrunner.update;

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
 * What a row wants its task to be.
 *
 * @param fields of UpdateTask
 * @param rules of UpdateSpeed, an empty list when there shall be none; null when the row says nothing of them
 */
record DesiredTask(ObjectNode fields, @Nullable JsonNode rules) {

    /** Kept beside an empty list of rules, which in runs of earlier versions means that the row says nothing of them. */
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
     * @param directory where the paths of JSON files begin
     * @throws IllegalArgumentException for a file that cannot be read or has a field that must not be written; the message is for
     *     a person
     */
    static DesiredTask of(InventoryRow row, Path directory) {
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
        fields.setAll(nested(row.value(Column.UPDATE_JSON), directory, row.limits()));
        return new DesiredTask(
                fields, SpeedRules.wantedBy(row).map(SpeedLimits::json).orElse(null));
    }

    /** Reads what {@link #text()} has written. */
    static DesiredTask read(String text) {
        var root = JSON.readTree(text);
        var rules = root.path("rules");
        boolean none = rules.isEmpty() && !root.path(NO_RULES).asBoolean(false);
        return new DesiredTask((ObjectNode) root.path("fields"), none ? null : rules);
    }

    /** As JSON, to be kept. */
    String text() {
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

    private static ObjectNode nested(String cell, Path directory, CellLimits limits) {
        if (cell.isEmpty()) {
            return NODES.objectNode();
        }
        var text = cell.startsWith("@") ? file(directory, cell.substring(1)) : cell;
        var faults = UpdateFields.check(text, limits);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(faults.stream()
                    .map(fault -> "update_json: %s; %s.".formatted(fault.what(), fault.advice()))
                    .collect(Collectors.joining(" ")));
        }
        return (ObjectNode) JSON.readTree(text);
    }

    private static String file(Path directory, String path) {
        var read = PlainFile.ofRow(directory, path);
        if (read.fault() != null) {
            throw new IllegalArgumentException("update_json: %s; %s."
                    .formatted(read.fault().what(), read.fault().advice()));
        }
        return Objects.requireNonNull(read.text());
    }

    /** The fields that differ from what is shown, or are not shown, as the row wants them. */
    ObjectNode missingIn(JsonNode shown) {
        var missing = NODES.objectNode();
        fields.properties().forEach(field -> {
            var compared = compared(shown, field);
            if (!compared.different().isEmpty() || !compared.unseen().isEmpty()) {
                missing.set(field.getKey(), field.getValue());
            }
        });
        return missing;
    }

    /**
     * What is to be sent: the fields that are missing, the target server whole, for UpdateTask takes no part of it.
     *
     * @param btrfs the btrfs file systems of the source, asked for only when they cannot be taken from what is shown
     */
    ObjectNode change(JsonNode shown, Supplier<JsonNode> btrfs) {
        var change = missingIn(shown);
        var target = change.path(WholeTarget.FIELD);
        if (target.isObject()) {
            change.set(WholeTarget.FIELD, WholeTarget.of(shown, target, btrfs));
        }
        return change;
    }

    /** Mandatory fields of the target server that neither the row nor the service tells. */
    List<String> lackingIn(JsonNode shown) {
        var target = missingIn(shown).path(WholeTarget.FIELD);
        return target.isObject() ? WholeTarget.lacking(shown, target) : List.of();
    }

    /** Fields that are shown to be other than wanted; what the service does not show cannot be judged. */
    List<String> contradictedBy(JsonNode shown) {
        return paths(shown, UpdateComparison::different);
    }

    /** Fields that the service does not show, so that nobody can tell whether they are as wanted. */
    List<String> unseenIn(JsonNode shown) {
        return paths(shown, UpdateComparison::unseen);
    }

    /** Elements of lists that the task does not have, so that the update would add them. */
    List<AddedElements.Added> added(JsonNode shown) {
        return AddedElements.of(shown, fields);
    }

    /** Each field with what it is and what it shall be. */
    List<String> differences(JsonNode shown) {
        var added = added(shown).stream()
                .collect(Collectors.toMap(AddedElements.Added::path, AddedElements.Added::intention));
        return fields.properties().stream()
                .map(field -> compared(shown, field))
                .flatMap(compared -> Stream.concat(compared.different().stream(), compared.unseen().stream()))
                .map(difference -> added.getOrDefault(difference.path(), difference.toString()))
                .toList();
    }

    private List<String> paths(JsonNode shown, Function<UpdateComparison, List<UpdateComparison.Difference>> which) {
        return fields.properties().stream()
                .flatMap(field -> which.apply(compared(shown, field)).stream())
                .map(UpdateComparison.Difference::path)
                .toList();
    }

    private static UpdateComparison compared(JsonNode shown, Map.Entry<String, JsonNode> field) {
        var name = field.getKey();
        return UpdateComparison.of(name, RULES.fields().get(name), shown.path(name), field.getValue());
    }

    /** Whether the row wants speed limits by time of day, none included. */
    boolean wantsRules() {
        return rules != null;
    }

    /** Whether ShowsSpeedLimits shows them; also true when the row says nothing of them. */
    boolean hasRules(JsonNode shown) {
        return rules == null || SpeedLimits.same(shown.path("speed_limit"), rules);
    }
}
