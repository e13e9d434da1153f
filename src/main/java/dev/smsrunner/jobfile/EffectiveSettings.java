package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.CellProblem;
import dev.smsrunner.inventory.QuotedText;
import dev.smsrunner.inventory.Suggestions;
import dev.smsrunner.support.Durations;
import dev.smsrunner.support.Sha256;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Converts raw settings into typed values. A missing setting gets its default; a bad one is reported and gets its default. Each
 * effective value is recorded under its key in a canonical spelling.
 */
final class EffectiveSettings {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,12}(?:\\.[0-9]{1,12})?");

    private final RawSettings raw;
    private final Problems problems;
    private final Path file;
    private final boolean recorded;
    private final SortedMap<String, String> effective = new TreeMap<>();

    /** @param recorded whether the job file is the recorded text of a run */
    EffectiveSettings(Path file, RawSettings raw, Problems problems, boolean recorded) {
        this.file = file;
        this.recorded = recorded;
        this.raw = raw;
        this.problems = problems;
    }

    /** Whether the settings belong to a recorded run. An earlier version may have allowed more. */
    boolean isRecorded() {
        return recorded;
    }

    RawSettings raw() {
        return raw;
    }

    void problem(String key, String what, String advice) {
        problems.add(raw.placeOf(key), key, what, advice);
    }

    /** Reports two settings that exclude each other, at the key of the first. */
    void conflict(String key, String what, String other, String advice) {
        problem(key, what + " is not possible with " + other, advice);
    }

    void record(String key, Object value) {
        effective.put(key, value.toString());
    }

    @Nullable
    String text(String key) {
        Setting setting = raw.get(key);
        if (setting != null) {
            record(key, setting.text());
        }
        return setting == null ? null : setting.text();
    }

    <E extends Enum<E>> E choice(String key, Class<E> type, E defaultValue) {
        Setting setting = raw.get(key);
        E value = setting == null ? defaultValue : parse(setting, type, defaultValue);
        record(key, spelling(value));
        return value;
    }

    /**
     * Same as {@link #choice} for a key that earlier versions did not have. The default is not recorded, so that the settings of
     * a run of an earlier version stay the same.
     */
    <E extends Enum<E>> E choiceUnlessDefault(String key, Class<E> type, E defaultValue) {
        Setting setting = raw.get(key);
        E value = setting == null ? defaultValue : parse(setting, type, defaultValue);
        if (value != defaultValue) {
            record(key, spelling(value));
        }
        return value;
    }

    private <E extends Enum<E>> E parse(Setting setting, Class<E> type, E defaultValue) {
        List<String> spellings = Arrays.stream(type.getEnumConstants())
                .map(EffectiveSettings::spelling)
                .toList();
        int index = spellings.indexOf(setting.text().toLowerCase(Locale.ROOT));
        if (index < 0) {
            problem(
                    setting.key(),
                    QuotedText.of(setting.text()) + " is not known",
                    Suggestions.advice(setting.text(), spellings, "write one of " + String.join(", ", spellings)));
            return defaultValue;
        }
        return type.getEnumConstants()[index];
    }

    private static String spelling(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean flag(String key, boolean defaultValue) {
        Setting setting = raw.get(key);
        boolean value = defaultValue;
        if (setting != null) {
            switch (setting.text().toLowerCase(Locale.ROOT)) {
                case "true", "yes" -> value = true;
                case "false", "no" -> value = false;
                default ->
                    problem(key, QuotedText.of(setting.text()) + " is neither true nor false", "write true or false");
            }
        }
        record(key, value);
        return value;
    }

    int integer(String key, int defaultValue, int min, int max) {
        return (int) integer(key, (long) defaultValue, min, max);
    }

    long integer(String key, long defaultValue, long min, long max) {
        Setting setting = raw.get(key);
        long value = defaultValue;
        if (setting != null) {
            try {
                value = inRange(setting, Long.parseLong(setting.text()), min, max)
                        ? Long.parseLong(setting.text())
                        : defaultValue;
            } catch (NumberFormatException ex) {
                problem(
                        key,
                        QuotedText.of(setting.text()) + " is not a whole number",
                        "write digits, such as " + defaultValue);
            }
        }
        record(key, value);
        return value;
    }

    private boolean inRange(Setting setting, long value, long min, long max) {
        boolean in = value >= min && value <= max;
        if (!in) {
            problem(setting.key(), value + " is out of range", "write " + min + " to " + max);
        }
        return in;
    }

    /** Decimal number; null when it is missing or equals the given keyword. */
    @Nullable
    Double number(String key, String keywordForNone, double min, double max) {
        Setting setting = raw.get(key);
        Double value =
                setting == null || setting.text().equalsIgnoreCase(keywordForNone) ? null : number(setting, min, max);
        record(key, value == null ? keywordForNone : plain(value));
        return value;
    }

    double number(String key, double defaultValue, double min, double max) {
        Setting setting = raw.get(key);
        Double value = setting == null ? null : number(setting, min, max);
        record(key, plain(value == null ? defaultValue : value));
        return value == null ? defaultValue : value;
    }

    private @Nullable Double number(Setting setting, double min, double max) {
        if (!NUMBER.matcher(setting.text()).matches()) {
            problem(
                    setting.key(),
                    QuotedText.of(setting.text()) + " is not a number",
                    "write a number such as 10 or 0.5");
            return null;
        }
        double value = Double.parseDouble(setting.text());
        if (value < min || value > max) {
            problem(
                    setting.key(),
                    QuotedText.of(setting.text()) + " is out of range",
                    "write " + plain(min) + " to " + plain(max));
            return null;
        }
        return value;
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    Duration duration(String key, Duration defaultValue, Duration min, Duration max) {
        Setting setting = raw.get(key);
        Duration value = setting == null ? defaultValue : duration(setting, defaultValue, min, max);
        record(key, Durations.write(value));
        return value;
    }

    private Duration duration(Setting setting, Duration defaultValue, Duration min, Duration max) {
        Duration value = Durations.parse(setting.text()).orElse(null);
        if (value == null) {
            String unit = setting.text().matches("[0-9]+") ? "has no unit" : "is not a duration";
            problem(
                    setting.key(),
                    QuotedText.of(setting.text()) + " " + unit,
                    "write a number with ms, s, m, h or d, such as " + Durations.write(defaultValue));
            return defaultValue;
        }
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            problem(
                    setting.key(),
                    QuotedText.of(setting.text()) + " is out of range",
                    "write " + Durations.write(min) + " to " + Durations.write(max));
            return defaultValue;
        }
        return value;
    }

    /** A path, resolved against the directory of the job file; null when it is not given. */
    @Nullable
    Path path(String key) {
        Setting setting = raw.get(key);
        return setting == null ? null : path(setting);
    }

    private @Nullable Path path(Setting setting) {
        try {
            Path path = file.resolveSibling(setting.text()).normalize();
            record(setting.key(), relative(path));
            return path;
        } catch (InvalidPathException ex) {
            problem(setting.key(), QuotedText.of(setting.text()) + " is not a path", "write the path of a file");
            return null;
        }
    }

    /** Path relative to the job file, so that the hash does not depend on the directory. */
    String relative(Path path) {
        Path from = file.toAbsolutePath().normalize().getParent();
        Path to = path.toAbsolutePath().normalize();
        String relative = from != null && to.getRoot() != null && to.getRoot().equals(from.getRoot())
                ? from.relativize(to).toString()
                : to.toString();
        return (relative.isEmpty() ? "." : relative).replace('\\', '/');
    }

    /** Reports a problem found by the grammar of a column. */
    void fault(String key, @Nullable CellProblem fault) {
        if (fault != null) {
            problem(key, fault.what(), fault.advice());
        }
    }

    SortedMap<String, String> map() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(effective));
    }

    /** Recorded keys that neither the job file nor the command line sets. */
    Set<String> defaultedKeys() {
        return effective.keySet().stream().filter(key -> !raw.wasWritten(key)).collect(Collectors.toUnmodifiableSet());
    }

    /** SHA-256 of all effective settings, as lower case hex. */
    String hash() {
        MessageDigest digest = Sha256.digest();
        effective.forEach((key, value) ->
                digest.update((key + "=" + value.length() + ":" + value + "\n").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }
}
