package dev.smsrunner.job.update;

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
 * Compares a desired task with ShowTask. Shown objects and lists may contain more than desired; an empty desired list
 * requires an empty shown list.
 */
final class UpdateComparison {

    /**
     * Fields of UpdateTask that ShowTask does not document (API reference 2026-01-27, Java SDK 3.1.212); some responses
     * contain them as null.
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

    /** SMS shows its own clone in this field, not the written value. */
    private static final String CLONE = "clone_server";

    private final List<Difference> different = new ArrayList<>();
    private final List<Difference> hidden = new ArrayList<>();

    /** Value that the service shows differently, or does not show at all. */
    record Difference(String path, JsonNode shown, JsonNode desired) {

        @Override
        public String toString() {
            return "%s: %s -> %s".formatted(path, shown.isMissingNode() ? "(not shown)" : shown, desired);
        }
    }

    private UpdateComparison() {}

    /** Compares one field of the task. */
    static UpdateComparison of(String field, @Nullable FieldRule rule, JsonNode shown, JsonNode desired) {
        var comparison = new UpdateComparison();
        boolean hidden = shown.isNull() && NOT_SHOWN.contains(field);
        comparison.compareValue(field, rule, hidden ? MissingNode.getInstance() : shown, desired);
        if (field.equals(CLONE)) {
            comparison.hidden.addAll(comparison.different);
            comparison.different.clear();
        }
        return comparison;
    }

    /** Values that the service shows differently. */
    List<Difference> different() {
        return different;
    }

    /** Values that the service does not show. */
    List<Difference> hidden() {
        return hidden;
    }

    private void compareValue(String path, @Nullable FieldRule rule, JsonNode shown, JsonNode desired) {
        if (desired.isNull() && (shown.isMissingNode() || shown.asString("").isEmpty())) {
            return;
        }
        if (shown.isMissingNode()) {
            hidden.add(new Difference(path, shown, desired));
        } else if (rule instanceof Structure structure && desired.isObject()) {
            compareStructure(path, structure, shown, desired);
        } else if (rule instanceof Listing listing && desired.isArray()) {
            compareList(path, listing.element(), shown, desired);
        } else if (!isSame(shown, desired)) {
            different.add(new Difference(path, shown, desired));
        }
    }

    private void compareStructure(String path, Structure rule, JsonNode shown, JsonNode desired) {
        if (!shown.isObject()) {
            different.add(new Difference(path, shown, desired));
            return;
        }
        desired.properties().stream()
                .filter(field ->
                        !field.getValue().isNull() || !rule.mandatory().contains(field.getKey())) // null leaves it out
                .forEach(field -> compareValue(
                        path + "." + field.getKey(),
                        rule.fields().get(field.getKey()),
                        shown.path(field.getKey()),
                        field.getValue()));
    }

    private void compareList(String path, Structure rule, JsonNode shown, JsonNode desired) {
        var elements = shown.valueStream().toList();
        if (desired.isEmpty() && !elements.isEmpty()) {
            different.add(new Difference(path, shown, desired));
        }
        for (int at = 0; at < desired.size(); at++) {
            compareElement("%s[%d]".formatted(path, at), rule, elements, desired.get(at));
        }
    }

    private void compareElement(String path, Structure rule, List<JsonNode> shown, JsonNode desired) {
        var match = NamedElements.find(rule.keys(), desired, shown);
        if (match != null) {
            compareStructure(path, rule, match, desired);
            return;
        }
        var difference = new Difference(path, MissingNode.getInstance(), desired);
        if (NamedElements.isShownAsText(rule.keys(), desired, shown)) {
            hidden.add(difference); // the service shows its name only
        } else {
            different.add(difference);
        }
    }

    /** A number may be shown as a text; texts are compared with their letter case. */
    private static boolean isSame(JsonNode shown, JsonNode desired) {
        return shown.isNumber() && desired.isNumber()
                ? shown.decimalValue().compareTo(desired.decimalValue()) == 0
                : shown.asString("").equals(desired.asString(""));
    }
}
