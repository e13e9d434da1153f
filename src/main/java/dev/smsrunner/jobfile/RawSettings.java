package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.CellProblem;
import dev.smsrunner.inventory.SecretNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Flattens the tree of a job file and the overrides into settings by dotted key; reports unknown keys and secrets. */
final class RawSettings {

    private final Map<String, Setting> byKey = new LinkedHashMap<>();
    private final Set<String> writtenKeys = new HashSet<>();
    private final Map<String, YamlLocation> blocks = new LinkedHashMap<>();
    private final SettingKeys keys;
    private final Problems problems;
    private final EnvironmentVariables environment;

    RawSettings(SettingKeys keys, Problems problems, EnvironmentVariables environment) {
        this.keys = keys;
        this.problems = problems;
        this.environment = environment;
    }

    /** Adds the tree of the job file, except for keys that the command line overrides. */
    void add(YamlNode root, Set<String> overriddenKeys) {
        blocks.put("", root.place());
        addBlock("", root, overriddenKeys);
    }

    private void addBlock(String prefix, YamlNode block, Set<String> overriddenKeys) {
        for (YamlNode.Member member : block.members()) {
            String key = prefix + member.key();
            boolean named = !prefix.isEmpty() && keys.isBlockOfNames(prefix.substring(0, prefix.length() - 1));
            if (!named && isSecret(key, member.place())) {
                continue;
            }
            if (named || keys.isBlock(key)) {
                blocks.put(key, member.place());
                addBlockMember(key, member, overriddenKeys);
            } else if (!keys.isKey(key)) {
                reportUnknown(key, member.place());
            } else if (!overriddenKeys.contains(key)) {
                writtenKeys.add(key);
                addValue(key, member.value());
            }
        }
    }

    private void addBlockMember(String key, YamlNode.Member member, Set<String> overriddenKeys) {
        if (member.value().kind() == YamlNode.Kind.BLOCK) {
            addBlock(key + ".", member.value(), overriddenKeys);
        } else if (!member.value().isNull()) {
            problems.add(member.value().place(), key, "is a block of keys, not a value", "write its keys below it");
        }
    }

    private void addValue(String key, YamlNode value) {
        if (value.kind() == YamlNode.Kind.EMPTY_LIST && keys.mayBeEmpty(key)) {
            return;
        }
        boolean list = value.kind() == YamlNode.Kind.LIST
                && keys.isList(key)
                && !value.text().isEmpty();
        if (list || value.kind() == YamlNode.Kind.SCALAR && !value.isNull()) {
            put(key, value.text(), value.place());
        } else {
            String what = value.isNull() ? "has no value" : "is a " + kindName(value.kind()) + ", not a single value";
            problems.add(value.place(), key, what, "write one value, or remove the key");
        }
    }

    private static String kindName(YamlNode.Kind kind) {
        return kind == YamlNode.Kind.EMPTY_LIST ? "list" : kind.name().toLowerCase(Locale.ROOT);
    }

    /** Adds the values of {@code --set}. */
    void add(Map<String, String> set) {
        new TreeMap<>(set).forEach((key, text) -> {
            YamlLocation place = keys.isKey(key) || keys.isBlock(key)
                    ? YamlLocation.option(key, text.strip())
                    : YamlLocation.secretOption(key);
            if (isSecret(key, place)) {
                return;
            }
            writtenKeys.add(key);
            if (keys.isBlock(key)) {
                problems.add(place, key, "is a block of keys, not a value", "set one of its keys");
            } else if (!keys.isKey(key)) {
                reportUnknown(key, place);
            } else if (text.isBlank() && keys.mayBeEmpty(key)) {
                return; // an empty list is the same as no value
            } else if (text.isBlank()) {
                problems.add(place, key, "has no value", "write --set " + key + "=VALUE");
            } else {
                put(key, text.strip(), place);
            }
        });
    }

    private void put(String key, String text, YamlLocation place) {
        List<CellProblem> faults = new ArrayList<>();
        String filled = environment.fill(text, faults::add).strip();
        if (faults.isEmpty() && filled.isEmpty() && keys.mayBeEmpty(key)) {
            return;
        }
        if (faults.isEmpty() && filled.isEmpty()) {
            faults.add(new CellProblem("has no value", "give the environment variable in it a value"));
        }
        faults.forEach(fault -> problems.add(place, key, fault.what(), fault.advice()));
        if (faults.isEmpty()) {
            byKey.put(key, new Setting(key, filled, place));
        }
    }

    private void reportUnknown(String key, YamlLocation place) {
        if (problems.isFull()) {
            problems.add(place, "", "", "");
        } else {
            problems.add(place, SettingKeys.display(key), "is not a key of a job file", keys.adviceFor(key));
        }
    }

    private boolean isSecret(String key, YamlLocation place) {
        boolean secret = SecretNames.isSecretName(key) && !keys.isKey(key);
        if (secret) {
            problems.add(
                    place,
                    SettingKeys.display(key),
                    "looks like a secret, which a job file must not contain",
                    secretAdvice(key));
        }
        return secret;
    }

    private static String secretAdvice(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        if (lower.contains("token")) {
            return "set HUAWEICLOUD_AUTH_TOKEN in the environment and write service.auth: token";
        }
        if (lower.contains("db") || lower.contains("database")) {
            return "set SMS_RUNNER_DB_PASSWORD in the environment";
        }
        return lower.contains("pass") || lower.contains("pwd")
                ? "set HUAWEICLOUD_USER_NAME and HUAWEICLOUD_PASSWORD in the environment"
                : "set HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK in the environment";
    }

    /** Value of the key, or null. */
    @Nullable
    Setting get(String key) {
        return byKey.get(key);
    }

    /** Whether the key is present, with a valid or an invalid value. */
    boolean wasWritten(String key) {
        return writtenKeys.contains(key);
    }

    boolean has(String key) {
        return byKey.containsKey(key);
    }

    /** All valid values. */
    Iterable<Setting> all() {
        return byKey.values();
    }

    /** Location of the key, else of the block that it belongs to. */
    YamlLocation placeOf(String key) {
        Setting setting = byKey.get(key);
        if (setting != null) {
            return setting.place();
        }
        String block = SettingKeys.blockOf(key);
        while (!blocks.containsKey(block)) {
            block = SettingKeys.blockOf(block);
        }
        return blocks.get(block);
    }

    /** Blocks of the file by dotted name. */
    Map<String, YamlLocation> blocks() {
        return blocks;
    }
}
