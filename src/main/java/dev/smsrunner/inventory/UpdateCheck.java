package dev.smsrunner.inventory;

import dev.smsrunner.inventory.FieldRule.Address;
import dev.smsrunner.inventory.FieldRule.Choice;
import dev.smsrunner.inventory.FieldRule.Flag;
import dev.smsrunner.inventory.FieldRule.Listing;
import dev.smsrunner.inventory.FieldRule.Structure;
import dev.smsrunner.inventory.FieldRule.TaskName;
import dev.smsrunner.inventory.FieldRule.Text;
import dev.smsrunner.inventory.FieldRule.WholeNumber;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds all problems of a JSON value. Each problem contains the JSON path and the value. */
final class UpdateCheck {

    private final List<CellProblem> faults = new ArrayList<>();

    /** All problems of the value, in the order of its fields. */
    static List<CellProblem> faults(Structure rule, JsonNode value) {
        UpdateCheck check = new UpdateCheck();
        check.structure("$", rule, value);
        return check.faults;
    }

    private void value(String path, FieldRule rule, JsonNode value) {
        if (value.isNull()) {
            return;
        }
        if (rule instanceof Structure structure) {
            structure(path, structure, value);
        } else if (rule instanceof Listing listing) {
            list(path, listing, value);
        } else {
            CellProblem fault = single(rule, value);
            if (fault != null) {
                faults.add(new CellProblem(path + ": " + fault.what(), fault.advice()));
            }
        }
    }

    private void structure(String path, Structure rule, JsonNode value) {
        if (!value.isObject()) {
            add(path, value, "is not an object", "write {…}");
            return;
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            String name = field.getKey();
            FieldRule fieldRule = rule.fields().get(name);
            if (fieldRule == null) {
                faults.add(new CellProblem(
                        path + ": " + QuotedText.of(name) + " is not a field of "
                                + (path.equals("$") ? "UpdateTask" : "this object"),
                        Suggestions.advice(
                                name,
                                rule.fields().keySet(),
                                "write one of "
                                        + String.join(", ", rule.fields().keySet()))));
            } else {
                value(path + "." + name, fieldRule, field.getValue());
            }
        }
        if (!rule.shownAsObject()) {
            mandatory(path, rule, value);
        }
    }

    private void mandatory(String path, Structure rule, JsonNode value) {
        for (String name : rule.mandatory()) {
            if (!value.hasNonNull(name)) {
                faults.add(new CellProblem(path + ": " + name + " is missing", "add it, as the source shows it"));
            }
        }
    }

    private void list(String path, Listing rule, JsonNode value) {
        if (!value.isArray()) {
            add(path, value, "is not a list", "write […]");
            return;
        }
        if (value.size() > rule.max()) {
            faults.add(new CellProblem(path + ": has " + value.size() + " elements", "write at most " + rule.max()));
        }
        Map<String, Integer> indexByKey = new HashMap<>();
        for (int at = 0; at < value.size(); at++) {
            String place = path + "[" + at + "]";
            structure(place, rule.element(), value.get(at));
            checkElementKey(place, rule.element().keys(), value.get(at), at, indexByKey);
        }
    }

    /** Checks the key of an element. Elements are identified by a key, not by their position. */
    private void checkElementKey(
            String place, List<String> keys, JsonNode element, int at, Map<String, Integer> indexByKey) {
        if (!element.isObject()) {
            return;
        }
        String key = keys.stream().filter(element::hasNonNull).findFirst().orElse(null);
        if (key == null) {
            faults.add(new CellProblem(
                    place + ": has none of " + String.join(", ", keys), "add one to identify the element"));
            return;
        }
        Integer other = indexByKey.putIfAbsent(key + "=" + element.path(key).asString(""), at);
        if (other != null) {
            faults.add(new CellProblem(
                    place + "." + key + ": " + QuotedText.of(element.path(key).asString("")) + " is already in ["
                            + other + "]",
                    "keep one of them"));
        }
    }

    private static @Nullable CellProblem single(FieldRule rule, JsonNode value) {
        if (rule instanceof WholeNumber number) {
            boolean fits = value.isIntegralNumber()
                    && value.canConvertToLong()
                    && value.asLong() >= number.min()
                    && value.asLong() <= number.max();
            return fits ? null : fault(value, "is not a whole number from " + range(number), "write digits, no quotes");
        }
        if (rule instanceof Flag) {
            return value.isBoolean()
                    ? null
                    : fault(value, "is neither true nor false", "write true or false, no quotes");
        }
        if (!value.isString()) {
            return fault(value, "is not a text", "write it in double quotes");
        }
        return text(rule, value);
    }

    private static String range(WholeNumber number) {
        return number.min() + " to " + number.max();
    }

    private static @Nullable CellProblem text(FieldRule rule, JsonNode value) {
        String text = value.asString("");
        if (rule instanceof Choice choice) {
            return choice.values().contains(text)
                    ? null
                    : fault(
                            value,
                            "is not known",
                            Suggestions.advice(
                                    text, choice.values(), "write one of " + String.join(", ", choice.values())));
        }
        if (rule instanceof Address) {
            return text.isEmpty() ? null : CellGrammar.ip(text);
        }
        if (rule instanceof TaskName) {
            return text.isEmpty() ? fault(value, "is empty", "write a name") : CellGrammar.taskName(text);
        }
        int max = rule instanceof Text limited ? limited.max() : 255;
        return text.length() <= max
                ? null
                : new CellProblem("has " + text.length() + " characters", "write at most " + max + " characters");
    }

    private static CellProblem fault(JsonNode value, String what, String advice) {
        return new CellProblem(
                QuotedText.of(value.isString() ? value.asString("") : value.toString()) + " " + what, advice);
    }

    private void add(String path, JsonNode value, String what, String advice) {
        CellProblem fault = fault(value, what, advice);
        faults.add(new CellProblem(path + ": " + fault.what(), fault.advice()));
    }
}
