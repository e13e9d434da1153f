package dev.smsrunner.job.update;

import dev.smsrunner.inventory.FieldRule;
import dev.smsrunner.inventory.FieldRule.Listing;
import dev.smsrunner.inventory.FieldRule.Structure;
import dev.smsrunner.inventory.UpdateFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds list elements that a row names and the task does not have, such as a disk with a mistyped name. An update would add
 * them to the task. Lists that ShowTask does not show cannot be checked.
 */
final class AddedElements {

    private static final Map<String, String> KINDS = Map.of(
            "disks", "disk",
            "physical_volumes", "partition",
            "volume_groups", "volume group",
            "logical_volumes", "logical volume",
            "btrfs_list", "btrfs file system",
            "subvolumn", "btrfs subvolume",
            "networks", "network");

    private final List<AddedElement> found = new ArrayList<>();

    /**
     * Element that the update would add.
     *
     * @param path path in the row, such as {@code target_server.disks[0]}
     * @param description kind and name
     * @param parent name of the element that it belongs to, empty for none
     * @param existing names of the task's elements
     * @param missing paths of the fields that an added element needs
     */
    record AddedElement(String path, String description, String parent, List<String> existing, List<String> missing) {

        /** Effect of the update, for a plan. */
        String intention() {
            return "adds " + description + (parent.isEmpty() ? "" : " to " + parent);
        }

        /** Error of a row whose element cannot be added. */
        String problem() {
            return "update_json: %s: the task has no %s%s (it has %s). Correct the name, or set %s too, to add it."
                    .formatted(
                            path,
                            description,
                            parent.isEmpty() ? "" : " in " + parent,
                            existing.isEmpty() ? "none" : String.join(", ", existing),
                            String.join(", ", missing));
        }
    }

    private AddedElements() {}

    /** Elements in the order of the row. */
    static List<AddedElement> of(JsonNode task, JsonNode desired) {
        var elements = new AddedElements();
        elements.structure("", UpdateFields.rules(), task, desired, "");
        return elements.found;
    }

    private void structure(String path, Structure rule, JsonNode shown, JsonNode desired, String parent) {
        desired.properties().forEach(field -> {
            var name = field.getKey();
            var here = path.isEmpty() ? name : path + "." + name;
            field(here, name, rule.fields().get(name), shown.path(name), field.getValue(), parent);
        });
    }

    private void field(
            String path, String name, @Nullable FieldRule rule, JsonNode shown, JsonNode desired, String parent) {
        if (rule instanceof Structure structure && shown.isObject()) {
            structure(path, structure, shown, desired, parent);
        } else if (rule instanceof Listing listing && shown.isArray()) {
            for (int at = 0; at < desired.size(); at++) {
                element("%s[%d]".formatted(path, at), name, listing.element(), shown, desired.get(at), parent);
            }
        }
    }

    private void element(String path, String list, Structure rule, JsonNode shown, JsonNode desired, String parent) {
        var elements = shown.valueStream().toList();
        var key = key(rule, desired);
        var match = NamedElements.find(rule.keys(), desired, elements);
        if (match != null) {
            structure(path, rule, match, desired, desired.path(key).asString(""));
        } else if (!NamedElements.isShownAsText(rule.keys(), desired, elements)) {
            found.add(new AddedElement(
                    path,
                    "%s %s%s"
                            .formatted(
                                    KINDS.get(list), key.equals("name") ? "" : "with " + key + " ", text(desired, key)),
                    parent,
                    elements.stream()
                            .map(element -> element.isString() ? element.asString() : text(element, key))
                            .filter(text -> !text.isEmpty())
                            .toList(),
                    missingFields("", rule, desired)));
        }
    }

    /** Field by which the row names the element: its name, otherwise the best key that it has. */
    private static String key(Structure rule, JsonNode desired) {
        return desired.hasNonNull("name")
                ? "name"
                : rule.keys().stream().filter(desired::hasNonNull).findFirst().orElse("name");
    }

    private static String text(JsonNode element, String key) {
        return element.path(key).asString("");
    }

    private static List<String> missingFields(String path, Structure rule, JsonNode desired) {
        var missing = new ArrayList<String>();
        rule.requiredToAdd().stream()
                .filter(name -> !desired.hasNonNull(name))
                .forEach(name -> missing.add(path + name));
        rule.fields().forEach((name, its) -> {
            var elements = desired.path(name);
            for (int at = 0; its instanceof Listing list && at < elements.size(); at++) {
                missing.addAll(missingFields("%s%s[%d].".formatted(path, name, at), list.element(), elements.get(at)));
            }
        });
        return missing;
    }
}
