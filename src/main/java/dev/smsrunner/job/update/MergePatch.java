package dev.smsrunner.job.update;

import dev.smsrunner.inventory.FieldRule;
import dev.smsrunner.inventory.FieldRule.Listing;
import dev.smsrunner.inventory.FieldRule.Structure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Merges the fields of a row into the shown object, so that only these fields change (as in RFC 7386). List elements are
 * merged by their names, not replaced as a whole.
 */
final class MergePatch {

    private MergePatch() {}

    /** Object to send: the writable fields of the shown object, merged with the row. */
    static ObjectNode merge(Structure rule, JsonNode shown, JsonNode desired) {
        var merged = writableParts(rule, shown);
        desired.properties().forEach(field -> {
            var name = field.getKey();
            merged.set(name, merge(rule.fields().get(name), merged.path(name), field.getValue()));
        });
        return merged;
    }

    private static JsonNode merge(@Nullable FieldRule rule, JsonNode shown, JsonNode desired) {
        if (rule instanceof Structure structure && desired.isObject()) {
            return merge(structure, shown, desired);
        }
        return rule instanceof Listing listing && desired.isArray() && !desired.isEmpty()
                ? mergeElements(listing.element(), shown, desired)
                : desired;
    }

    private static ArrayNode mergeElements(Structure rule, JsonNode shown, JsonNode desired) {
        var merged = new ArrayList<JsonNode>(shown.valueStream().toList());
        for (var element : desired) {
            var match = NamedElements.find(rule.keys(), element, merged);
            if (match == null) {
                merged.add(element);
            } else {
                merged.set(merged.indexOf(match), merge(rule, match, element));
            }
        }
        return JsonNodeFactory.instance.arrayNode().addAll(merged);
    }

    private static ObjectNode writableParts(Structure rule, JsonNode shown) {
        var writable = JsonNodeFactory.instance.objectNode();
        shown.properties().forEach(field -> {
            var its = rule.fields().get(field.getKey());
            var value = its == null ? null : writableParts(its, field.getValue());
            if (value != null) {
                writable.set(field.getKey(), value);
            }
        });
        return writable;
    }

    /** Null for a value that UpdateTask does not accept in the form in which ShowTask shows it. */
    private static @Nullable JsonNode writableParts(FieldRule rule, JsonNode shown) {
        if (shown.isNull()) {
            return null;
        }
        if (rule instanceof Structure structure) {
            return shown.isObject() ? writableParts(structure, shown) : null;
        }
        if (rule instanceof Listing listing) {
            boolean objects = shown.isArray() && shown.valueStream().allMatch(JsonNode::isObject);
            return objects
                    ? JsonNodeFactory.instance
                            .arrayNode()
                            .addAll(shown.valueStream()
                                    .map(element -> writableParts(listing.element(), element))
                                    .toList())
                    : null;
        }
        return shown;
    }

    /** Paths of mandatory fields that the merged object lacks; elements that are sent unchanged are left out. */
    static List<String> missingMandatory(String path, Structure rule, JsonNode merged, JsonNode shown) {
        var missing = new ArrayList<String>();
        rule.mandatory().stream()
                .filter(name -> !merged.hasNonNull(name))
                .forEach(name -> missing.add(path + "." + name));
        rule.fields().forEach((name, its) -> {
            if (its instanceof Listing list && merged.path(name).isArray()) {
                missing.addAll(
                        missingInElements(path + "." + name, list.element(), merged.path(name), shown.path(name)));
            }
        });
        return missing;
    }

    private static List<String> missingInElements(String path, Structure rule, JsonNode merged, JsonNode shown) {
        var known = shown.valueStream().toList();
        var sent = known.stream().map(element -> writableParts(rule, element)).toList();
        var missing = new ArrayList<String>();
        for (int at = 0; at < merged.size(); at++) {
            var one = merged.get(at);
            var before = NamedElements.find(rule.keys(), one, known);
            if (!sent.contains(one)) {
                missing.addAll(missingMandatory(
                        "%s[%d]".formatted(path, at), rule, one, before == null ? MissingNode.getInstance() : before));
            }
        }
        return missing;
    }
}
