package dev.smsrunner.update;

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
 * Merges what a row names into what the service shows: only that changes (as in RFC 7386), but elements of lists are merged by
 * their names, not replaced as a whole.
 */
final class MergePatch {

    private MergePatch() {}

    /** The object to be sent: of what is shown, only fields that may be written. */
    static ObjectNode merged(Structure rule, JsonNode shown, JsonNode wanted) {
        var merged = writable(rule, shown);
        wanted.properties().forEach(field -> {
            var name = field.getKey();
            merged.set(name, merged(rule.fields().get(name), merged.path(name), field.getValue()));
        });
        return merged;
    }

    private static JsonNode merged(@Nullable FieldRule rule, JsonNode shown, JsonNode wanted) {
        if (rule instanceof Structure structure && wanted.isObject()) {
            return merged(structure, shown, wanted);
        }
        return rule instanceof Listing listing && wanted.isArray() && !wanted.isEmpty()
                ? elements(listing.element(), shown, wanted)
                : wanted;
    }

    private static ArrayNode elements(Structure rule, JsonNode shown, JsonNode wanted) {
        var merged = new ArrayList<JsonNode>(shown.valueStream().toList());
        for (var element : wanted) {
            var same = NamedElements.named(rule.keys(), element, merged);
            if (same == null) {
                merged.add(element);
            } else {
                merged.set(merged.indexOf(same), merged(rule, same, element));
            }
        }
        return JsonNodeFactory.instance.arrayNode().addAll(merged);
    }

    private static ObjectNode writable(Structure rule, JsonNode shown) {
        var writable = JsonNodeFactory.instance.objectNode();
        shown.properties().forEach(field -> {
            var its = rule.fields().get(field.getKey());
            var value = its == null ? null : writable(its, field.getValue());
            if (value != null) {
                writable.set(field.getKey(), value);
            }
        });
        return writable;
    }

    /** Null for what UpdateTask does not take in the form in which ShowTask shows it. */
    private static @Nullable JsonNode writable(FieldRule rule, JsonNode shown) {
        if (shown.isNull()) {
            return null;
        }
        if (rule instanceof Structure structure) {
            return shown.isObject() ? writable(structure, shown) : null;
        }
        if (rule instanceof Listing listing) {
            boolean objects = shown.isArray() && shown.valueStream().allMatch(JsonNode::isObject);
            return objects
                    ? JsonNodeFactory.instance
                            .arrayNode()
                            .addAll(shown.valueStream()
                                    .map(element -> writable(listing.element(), element))
                                    .toList())
                    : null;
        }
        return shown;
    }

    /** The paths of mandatory fields that the merged object lacks; elements that are sent as they are shown are left out. */
    static List<String> lacking(String path, Structure rule, JsonNode merged, JsonNode shown) {
        var lacking = new ArrayList<String>();
        rule.mandatory().stream()
                .filter(name -> !merged.hasNonNull(name))
                .forEach(name -> lacking.add(path + "." + name));
        rule.fields().forEach((name, its) -> {
            if (its instanceof Listing list && merged.path(name).isArray()) {
                lacking.addAll(lackingIn(path + "." + name, list.element(), merged.path(name), shown.path(name)));
            }
        });
        return lacking;
    }

    private static List<String> lackingIn(String path, Structure rule, JsonNode merged, JsonNode shown) {
        var known = shown.valueStream().toList();
        var sent = known.stream().map(element -> writable(rule, element)).toList();
        var lacking = new ArrayList<String>();
        for (int at = 0; at < merged.size(); at++) {
            var one = merged.get(at);
            var before = NamedElements.named(rule.keys(), one, known);
            if (!sent.contains(one)) {
                lacking.addAll(lacking(
                        "%s[%d]".formatted(path, at), rule, one, before == null ? MissingNode.getInstance() : before));
            }
        }
        return lacking;
    }
}
