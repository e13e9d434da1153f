package dev.smsrunner.inventory;

import dev.smsrunner.inventory.FieldRule.Address;
import dev.smsrunner.inventory.FieldRule.Flag;
import dev.smsrunner.inventory.FieldRule.Listing;
import dev.smsrunner.inventory.FieldRule.Structure;
import dev.smsrunner.inventory.FieldRule.TaskName;
import dev.smsrunner.inventory.FieldRule.Text;
import dev.smsrunner.inventory.FieldRule.Whole;
import dev.smsrunner.inventory.FieldRule.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds everything that is wrong with a JSON value; each fault names the JSON path and the value. */
final class UpdateCheck {

    private final List<CellProblem> faults = new ArrayList<>();

    /** All faults of the value, in the order of its fields. */
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
            FieldRule its = rule.fields().get(name);
            if (its == null) {
                faults.add(new CellProblem(
                        path + ": " + QuotedText.of(name) + " is not a field of "
                                + (path.equals("$") ? "UpdateTask" : "this object"),
                        Suggestions.advice(
                                name,
                                rule.fields().keySet(),
                                "write one of "
                                        + String.join(", ", rule.fields().keySet()))));
            } else {
                value(path + "." + name, its, field.getValue());
            }
        }
        if (!rule.shown()) {
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
        if (value.size() > rule.most()) {
            faults.add(new CellProblem(path + ": has " + value.size() + " elements", "write at most " + rule.most()));
        }
        Map<String, Integer> named = new HashMap<>();
        for (int at = 0; at < value.size(); at++) {
            String place = path + "[" + at + "]";
            structure(place, rule.element(), value.get(at));
            named(place, rule.element().keys(), value.get(at), at, named);
        }
    }

    /** Elements are told by a name, not by their place in the list. */
    private void named(String place, List<String> keys, JsonNode element, int at, Map<String, Integer> named) {
        if (!element.isObject()) {
            return;
        }
        String key = keys.stream().filter(element::hasNonNull).findFirst().orElse(null);
        if (key == null) {
            faults.add(new CellProblem(
                    place + ": has none of " + String.join(", ", keys),
                    "add one, so that it is known which one is meant"));
            return;
        }
        Integer other = named.putIfAbsent(key + "=" + element.path(key).asString(""), at);
        if (other != null) {
            faults.add(new CellProblem(
                    place + "." + key + ": " + QuotedText.of(element.path(key).asString("")) + " is already in ["
                            + other + "]",
                    "keep one of them"));
        }
    }

    private static @Nullable CellProblem single(FieldRule rule, JsonNode value) {
        if (rule instanceof Whole whole) {
            boolean fits = value.isIntegralNumber()
                    && value.canConvertToLong()
                    && value.asLong() >= whole.least()
                    && value.asLong() <= whole.most();
            return fits ? null : fault(value, "is not a whole number from " + range(whole), "write digits, no quotes");
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

    private static String range(Whole whole) {
        return whole.least() + " to " + whole.most();
    }

    private static @Nullable CellProblem text(FieldRule rule, JsonNode value) {
        String text = value.asString("");
        if (rule instanceof Word word) {
            return word.words().contains(text)
                    ? null
                    : fault(
                            value,
                            "is not known",
                            Suggestions.advice(text, word.words(), "write one of " + String.join(", ", word.words())));
        }
        if (rule instanceof Address) {
            return text.isEmpty() ? null : CellGrammar.ip(text);
        }
        if (rule instanceof TaskName) {
            return text.isEmpty() ? fault(value, "is empty", "write a name") : CellGrammar.taskName(text);
        }
        int most = rule instanceof Text limited ? limited.most() : 255;
        return text.length() <= most
                ? null
                : new CellProblem("has " + text.length() + " characters", "write at most " + most + " characters");
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
