package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.QuotedText;
import dev.smsrunner.inventory.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Dotted keys of the job file and their blocks, from the definitions of the settings. */
final class SettingKeys {

    private final Map<String, SettingDefinition<?>> byKey = new LinkedHashMap<>();
    private final List<SettingDefinition<?>> anyName = new ArrayList<>();
    private final Set<String> blocks = new LinkedHashSet<>();

    SettingKeys(List<SettingDefinition<?>> settings) {
        for (SettingDefinition<?> setting : settings) {
            if (setting.takesAnyName()) {
                anyName.add(setting);
            } else {
                setting.each().forEach(each -> byKey.put(each.key(), each));
            }
        }
        byKey.keySet().forEach(this::addBlocks);
        anyName.forEach(setting -> addBlocks(blockOfNames(setting) + "."));
    }

    private void addBlocks(String key) {
        for (int dot = key.indexOf('.'); dot > 0; dot = key.indexOf('.', dot + 1)) {
            blocks.add(key.substring(0, dot));
        }
    }

    /** Definition of the key; null for an unknown key. */
    private @Nullable SettingDefinition<?> find(String key) {
        var named = anyName.stream().filter(setting -> !setting.nameIn(key).isEmpty());
        return byKey.containsKey(key) ? byKey.get(key) : named.findFirst().orElse(null);
    }

    boolean isKey(String key) {
        return find(key) != null;
    }

    /** Whether the value may be a list. */
    boolean isList(String key) {
        var setting = find(key);
        return setting != null && setting.type().form() != SettingType.Form.SINGLE;
    }

    /** Whether the value may be an empty list, which is the same as no value. */
    boolean mayBeEmpty(String key) {
        var setting = find(key);
        return setting != null && setting.type().form() == SettingType.Form.LIST_OR_EMPTY;
    }

    boolean isBlock(String key) {
        return blocks.contains(key);
    }

    /** Whether the members of the block are blocks with any name, such as the waves. */
    boolean isBlockOfNames(String block) {
        return anyName.stream()
                .anyMatch(setting ->
                        block.equals(blockOfNames(setting)) && !setting.key().endsWith(">"));
    }

    /** Block whose members have any name: {@code cutover.windows} of {@code cutover.windows.<name>.open}. */
    private static String blockOfNames(SettingDefinition<?> setting) {
        return blockOf(setting.key().substring(0, setting.key().indexOf('<')));
    }

    /** Block of the key, or empty. */
    static String blockOf(String key) {
        return key.substring(0, Math.max(key.lastIndexOf('.'), 0));
    }

    /** First part of the key: {@code cutover} of {@code cutover.window.open}. */
    static String root(String key) {
        int dot = key.indexOf('.');
        return dot < 0 ? key : key.substring(0, dot);
    }

    /** Key in a form that is safe to print. */
    static String display(String key) {
        String quoted = QuotedText.of(key);
        return quoted.length() == key.length() + 2 ? key : quoted;
    }

    /** Advice for an unknown key. */
    String adviceFor(String key) {
        String block = blockOf(key);
        String last = lastOf(key);
        List<String> siblings = anyName.stream()
                .filter(setting -> key.startsWith(blockOfNames(setting) + ".")
                        && block.length() > blockOfNames(setting).length())
                .filter(setting -> !setting.key().endsWith(">"))
                .map(setting -> lastOf(setting.key()))
                .toList();
        if (!siblings.isEmpty()) {
            return Suggestions.advice(last, siblings, "remove it; known here: " + String.join(", ", siblings));
        }
        List<String> neighbours = namesIn(block);
        if (Suggestions.nearest(last, neighbours).isEmpty()) {
            for (String known : byKey.keySet()) {
                if (known.endsWith("." + last)
                        || Suggestions.nearest(key, List.of(known)).isPresent()) {
                    return "did you mean " + known + "?";
                }
            }
        }
        return Suggestions.nearest(last, neighbours)
                .map(name -> "did you mean " + (block.isEmpty() ? name : block + "." + name) + "?")
                .orElse("remove it; known here: " + String.join(", ", neighbours));
    }

    private static String lastOf(String key) {
        return key.substring(key.lastIndexOf('.') + 1);
    }

    private List<String> namesIn(String block) {
        String prefix = block.isEmpty() || !isBlock(block) ? "" : block + ".";
        return Stream.concat(byKey.keySet().stream(), blocks.stream())
                .filter(key -> key.startsWith(prefix))
                .map(key -> root(key.substring(prefix.length())))
                .distinct()
                .toList();
    }
}
