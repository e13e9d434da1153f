package dev.smsrunner.update;

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
 * Finds elements of lists that a row names and the task does not have, such as a disk with a mistyped name: an update would add
 * them to the task. Where ShowTask does not show the list, nobody can tell.
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

    private final List<Added> found = new ArrayList<>();

    /**
     * An element that would be added.
     *
     * @param path where the row has it, such as {@code target_server.disks[0]}
     * @param what kind and name
     * @param parent name of the element that it belongs to, empty for none
     * @param there names of the elements that the task has
     * @param lacking paths of the fields without which it cannot be added
     */
    record Added(String path, String what, String parent, List<String> there, List<String> lacking) {

        /** What the update does, for a plan. */
        String intention() {
            return "adds " + what + (parent.isEmpty() ? "" : " to " + parent);
        }

        /** What is wrong with the row, for one that cannot be added. */
        String problem() {
            return "update_json: %s: the task has no %s%s (it has %s). Correct the name; or write %s too, to add it."
                    .formatted(
                            path,
                            what,
                            parent.isEmpty() ? "" : " in " + parent,
                            there.isEmpty() ? "none" : String.join(", ", there),
                            String.join(", ", lacking));
        }
    }

    private AddedElements() {}

    /** The elements, in the order of the row. */
    static List<Added> of(JsonNode task, JsonNode wanted) {
        var elements = new AddedElements();
        elements.structure("", (Structure) UpdateFields.rules(), task, wanted, "");
        return elements.found;
    }

    private void structure(String path, Structure rule, JsonNode shown, JsonNode wanted, String parent) {
        wanted.properties().forEach(field -> {
            var name = field.getKey();
            var here = path.isEmpty() ? name : path + "." + name;
            field(here, name, rule.fields().get(name), shown.path(name), field.getValue(), parent);
        });
    }

    private void field(
            String path, String name, @Nullable FieldRule rule, JsonNode shown, JsonNode wanted, String parent) {
        if (rule instanceof Structure structure && shown.isObject()) {
            structure(path, structure, shown, wanted, parent);
        } else if (rule instanceof Listing listing && shown.isArray()) {
            for (int at = 0; at < wanted.size(); at++) {
                element("%s[%d]".formatted(path, at), name, listing.element(), shown, wanted.get(at), parent);
            }
        }
    }

    private void element(String path, String list, Structure rule, JsonNode shown, JsonNode wanted, String parent) {
        var elements = shown.valueStream().toList();
        var key = key(rule, wanted);
        var same = NamedElements.named(rule.keys(), wanted, elements);
        if (same != null) {
            structure(path, rule, same, wanted, wanted.path(key).asString(""));
        } else if (!NamedElements.spelled(rule.keys(), wanted, elements)) {
            found.add(new Added(
                    path,
                    "%s %s%s"
                            .formatted(
                                    KINDS.get(list), key.equals("name") ? "" : "with " + key + " ", text(wanted, key)),
                    parent,
                    elements.stream()
                            .map(element -> element.isString() ? element.asString() : text(element, key))
                            .filter(text -> !text.isEmpty())
                            .toList(),
                    lacking("", rule, wanted)));
        }
    }

    /** By what the row names the element: its name, else the best key that it has. */
    private static String key(Structure rule, JsonNode wanted) {
        return wanted.hasNonNull("name")
                ? "name"
                : rule.keys().stream().filter(wanted::hasNonNull).findFirst().orElse("name");
    }

    private static String text(JsonNode element, String key) {
        return element.path(key).asString("");
    }

    private static List<String> lacking(String path, Structure rule, JsonNode wanted) {
        var lacking = new ArrayList<String>();
        rule.neededToAdd().stream().filter(name -> !wanted.hasNonNull(name)).forEach(name -> lacking.add(path + name));
        rule.fields().forEach((name, its) -> {
            var elements = wanted.path(name);
            for (int at = 0; its instanceof Listing list && at < elements.size(); at++) {
                lacking.addAll(lacking("%s%s[%d].".formatted(path, name, at), list.element(), elements.get(at)));
            }
        });
        return lacking;
    }
}
