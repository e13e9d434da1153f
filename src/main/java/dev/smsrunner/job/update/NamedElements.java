package dev.smsrunner.job.update;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds list elements by name, at any position. */
final class NamedElements {

    private NamedElements() {}

    /** Element with the name of the desired one, by the best available key; null when there is none. */
    static @Nullable JsonNode find(List<String> keys, JsonNode desired, List<JsonNode> elements) {
        return keys.stream()
                .filter(desired::hasNonNull)
                .flatMap(key ->
                        elements.stream()
                                .filter(element -> isSame(element.path(key), desired.path(key)))
                                .findFirst()
                                .stream())
                .findFirst()
                .orElse(null);
    }

    /** Whether the service shows the element as a text, the value of one of its keys, as {@code btrfs_list} in ShowTask. */
    static boolean isShownAsText(List<String> keys, JsonNode desired, List<JsonNode> elements) {
        return elements.stream()
                .filter(JsonNode::isString)
                .anyMatch(text -> keys.stream().anyMatch(key -> isSame(text, desired.path(key))));
    }

    private static boolean isSame(JsonNode one, JsonNode other) {
        return !one.isMissingNode()
                && !one.isNull()
                && !one.asString("").isEmpty()
                && one.asString("").equals(other.asString(""));
    }
}
