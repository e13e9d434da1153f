package dev.smsrunner.update;

import dev.smsrunner.inventory.FieldRule;
import dev.smsrunner.inventory.FieldRule.Listing;
import dev.smsrunner.inventory.FieldRule.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Compares what is wanted of a task with what ShowTask shows. Objects and lists may show more than is wanted; a list that is wanted
 * empty must be shown empty.
 */
final class UpdateComparison {

    /**
     * Fields of UpdateTask that ShowTask does not show (API reference 2026-01-27, Java SDK 3.1.212), and which are null where it
     * shows them all the same.
     */
    private static final Set<String> NOT_SHOWN = Set.of(
            "exist_server",
            "use_public_ip",
            "use_ipv6",
            "enterprise_project",
            "image_disk_id",
            "target_disk_ids",
            "snapshot_ids",
            "cutovered_snapshot_ids",
            "clone_server");

    /** What SMS shows here is the clone that it made itself, not what was written. */
    private static final String CLONE = "clone_server";

    private final List<Difference> different = new ArrayList<>();
    private final List<Difference> unseen = new ArrayList<>();

    /** One value that is not shown as it is wanted, or not shown at all. */
    record Difference(String path, JsonNode shown, JsonNode wanted) {

        @Override
        public String toString() {
            return "%s: %s -> %s".formatted(path, shown.isMissingNode() ? "(not shown)" : shown, wanted);
        }
    }

    private UpdateComparison() {}

    /** Compares one field of the task. */
    static UpdateComparison of(String field, @Nullable FieldRule rule, JsonNode shown, JsonNode wanted) {
        var comparison = new UpdateComparison();
        boolean hidden = shown.isNull() && NOT_SHOWN.contains(field);
        comparison.value(field, rule, hidden ? MissingNode.getInstance() : shown, wanted);
        if (field.equals(CLONE)) {
            comparison.unseen.addAll(comparison.different);
            comparison.different.clear();
        }
        return comparison;
    }

    /** What is shown to be other than wanted. */
    List<Difference> different() {
        return different;
    }

    /** What is wanted and not shown. */
    List<Difference> unseen() {
        return unseen;
    }

    private void value(String path, @Nullable FieldRule rule, JsonNode shown, JsonNode wanted) {
        if (wanted.isNull() && (shown.isMissingNode() || shown.asString("").isEmpty())) {
            return;
        }
        if (shown.isMissingNode()) {
            unseen.add(new Difference(path, shown, wanted));
        } else if (rule instanceof Structure structure && wanted.isObject()) {
            structure(path, structure, shown, wanted);
        } else if (rule instanceof Listing listing && wanted.isArray()) {
            list(path, listing.element(), shown, wanted);
        } else if (!same(shown, wanted)) {
            different.add(new Difference(path, shown, wanted));
        }
    }

    private void structure(String path, Structure rule, JsonNode shown, JsonNode wanted) {
        if (!shown.isObject()) {
            different.add(new Difference(path, shown, wanted));
            return;
        }
        wanted.properties().stream()
                .filter(field ->
                        !field.getValue().isNull() || !rule.mandatory().contains(field.getKey())) // null leaves it out
                .forEach(field -> value(
                        path + "." + field.getKey(),
                        rule.fields().get(field.getKey()),
                        shown.path(field.getKey()),
                        field.getValue()));
    }

    private void list(String path, Structure rule, JsonNode shown, JsonNode wanted) {
        var elements = shown.valueStream().toList();
        if (wanted.isEmpty() && !elements.isEmpty()) {
            different.add(new Difference(path, shown, wanted));
        }
        for (int at = 0; at < wanted.size(); at++) {
            element("%s[%d]".formatted(path, at), rule, elements, wanted.get(at));
        }
    }

    private void element(String path, Structure rule, List<JsonNode> shown, JsonNode wanted) {
        var same = NamedElements.named(rule.keys(), wanted, shown);
        if (same != null) {
            structure(path, rule, same, wanted);
            return;
        }
        var difference = new Difference(path, MissingNode.getInstance(), wanted);
        if (NamedElements.spelled(rule.keys(), wanted, shown)) {
            unseen.add(difference); // its name is shown, the rest of it is not
        } else {
            different.add(difference);
        }
    }

    /** A number may come as a text; a text in another letter case is another text. */
    private static boolean same(JsonNode shown, JsonNode wanted) {
        return shown.isNumber() && wanted.isNumber()
                ? shown.decimalValue().compareTo(wanted.decimalValue()) == 0
                : shown.asString("").equals(wanted.asString(""));
    }
}
