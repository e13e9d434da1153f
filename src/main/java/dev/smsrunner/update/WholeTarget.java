package dev.smsrunner.update;

import dev.smsrunner.inventory.FieldRule.Structure;
import dev.smsrunner.inventory.UpdateFields;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The {@code target_server} of UpdateTask, which is sent whole: what a row names, merged into what ShowTask shows. The page of 2024
 * demands {@code ip}, {@code name}, {@code os_type} and {@code disks}.
 */
final class WholeTarget {

    static final String FIELD = "target_server";

    private static final Structure RULE =
            (Structure) UpdateFields.rules().fields().get(FIELD);
    private static final String BTRFS = "btrfs_list";

    private WholeTarget() {}

    /**
     * The object to be sent.
     *
     * @param task what ShowTask shows
     * @param wanted what the row names of the target server
     * @param btrfs the btrfs file systems of the source: ShowTask has only their names
     */
    static ObjectNode of(JsonNode task, JsonNode wanted, Supplier<JsonNode> btrfs) {
        return MergePatch.merged(RULE, base(task, btrfs), wanted(wanted));
    }

    /** The paths of mandatory fields that neither the row nor the service tells. */
    static List<String> lacking(JsonNode task, JsonNode wanted) {
        var base = base(task, NullNode::getInstance);
        return MergePatch.lacking(FIELD, RULE, MergePatch.merged(RULE, base, wanted(wanted)), base);
    }

    /** A mandatory field that the row has as null is one that it leaves out, as the sample of the page does. */
    private static JsonNode wanted(JsonNode wanted) {
        var named = (ObjectNode) wanted.deepCopy();
        RULE.mandatory().stream().filter(name -> named.path(name).isNull()).forEach(named::remove);
        return named;
    }

    /** What is shown of the target, with what ShowTask has elsewhere: a target that is not made yet has the address of its source. */
    private static ObjectNode base(JsonNode task, Supplier<JsonNode> btrfs) {
        var shown = task.path(FIELD);
        var base = shown.isObject() ? (ObjectNode) shown.deepCopy() : JsonNodeFactory.instance.objectNode();
        fill(base, "ip", task.path("migration_ip"), task.at("/source_server/ip"));
        fill(base, "os_type", task.path("os_type"), task.at("/source_server/os_type"));
        if (shown.path(BTRFS).valueStream().anyMatch(JsonNode::isString)) {
            base.set(BTRFS, btrfs.get());
        }
        return base;
    }

    private static void fill(ObjectNode base, String field, JsonNode... elsewhere) {
        Stream.of(elsewhere)
                .filter(value -> base.path(field).asString("").isEmpty())
                .filter(value -> !value.asString("").isEmpty())
                .findFirst()
                .ifPresent(value -> base.set(field, value));
    }
}
