package dev.smsrunner.job.update;

import dev.smsrunner.inventory.FieldRule.Structure;
import dev.smsrunner.inventory.UpdateFields;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Complete {@code target_server} of UpdateTask: the row's fields, merged into ShowTask's. The page of 2024 requires
 * {@code ip}, {@code name}, {@code os_type} and {@code disks}.
 */
final class WholeTarget {

    static final String FIELD = "target_server";

    private static final Structure RULE =
            (Structure) Objects.requireNonNull(UpdateFields.rules().fields().get(FIELD));
    private static final String BTRFS = "btrfs_list";

    private WholeTarget() {}

    /**
     * Object to send.
     *
     * @param task response of ShowTask
     * @param desired target server of the row
     * @param btrfs btrfs file systems of the source: ShowTask has only their names
     */
    static ObjectNode of(JsonNode task, JsonNode desired, Supplier<JsonNode> btrfs) {
        return MergePatch.merge(RULE, base(task, btrfs), withoutNullMandatory(desired));
    }

    /** Paths of mandatory fields that neither the row nor the service supplies. */
    static List<String> missingMandatory(JsonNode task, JsonNode desired) {
        var base = base(task, NullNode::getInstance);
        return MergePatch.missingMandatory(
                FIELD, RULE, MergePatch.merge(RULE, base, withoutNullMandatory(desired)), base);
    }

    /** A null in a mandatory field of the row counts as missing, as in the sample of the page. */
    private static JsonNode withoutNullMandatory(JsonNode desired) {
        var named = (ObjectNode) desired.deepCopy();
        RULE.mandatory().stream().filter(name -> named.path(name).isNull()).forEach(named::remove);
        return named;
    }

    /**
     * Shown target, completed from other fields of ShowTask: a target that does not exist yet has the address of its source.
     */
    private static ObjectNode base(JsonNode task, Supplier<JsonNode> btrfs) {
        var shown = task.path(FIELD);
        var base = shown.isObject() ? (ObjectNode) shown.deepCopy() : JsonNodeFactory.instance.objectNode();
        fillIfEmpty(base, "ip", task.path("migration_ip"), task.at("/source_server/ip"));
        fillIfEmpty(base, "os_type", task.path("os_type"), task.at("/source_server/os_type"));
        if (shown.path(BTRFS).valueStream().anyMatch(JsonNode::isString)) {
            base.set(BTRFS, btrfs.get());
        }
        return base;
    }

    private static void fillIfEmpty(ObjectNode base, String field, JsonNode... elsewhere) {
        Stream.of(elsewhere)
                .filter(value -> base.path(field).asString("").isEmpty())
                .filter(value -> !value.asString("").isEmpty())
                .findFirst()
                .ifPresent(value -> base.set(field, value));
    }
}
