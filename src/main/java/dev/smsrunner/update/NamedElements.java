package dev.smsrunner.update;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds elements of lists by their names, whatever their place. */
final class NamedElements {

    private NamedElements() {}

    /** The element that has the same name as the one that is wanted, by the best key that tells; null when there is none. */
    static @Nullable JsonNode named(List<String> keys, JsonNode wanted, List<JsonNode> elements) {
        return keys.stream()
                .filter(wanted::hasNonNull)
                .flatMap(key ->
                        elements.stream()
                                .filter(element -> same(element.path(key), wanted.path(key)))
                                .findFirst()
                                .stream())
                .findFirst()
                .orElse(null);
    }

    /** Whether the service spells the element as a text, the value of one of its keys, as {@code btrfs_list} in ShowTask. */
    static boolean spelled(List<String> keys, JsonNode wanted, List<JsonNode> elements) {
        return elements.stream()
                .filter(JsonNode::isString)
                .anyMatch(text -> keys.stream().anyMatch(key -> same(text, wanted.path(key))));
    }

    private static boolean same(JsonNode one, JsonNode other) {
        return !one.isMissingNode()
                && !one.isNull()
                && !one.asString("").isEmpty()
                && one.asString("").equals(other.asString(""));
    }
}
