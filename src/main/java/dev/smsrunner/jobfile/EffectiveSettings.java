package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.CellProblem;
import dev.smsrunner.inventory.QuotedText;
import dev.smsrunner.inventory.Suggestions;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
 * Turns given settings into typed values: a missing one becomes its default, a bad one becomes a problem and its
 * default; what comes out is recorded under its key in one canonical spelling.
 */
final class EffectiveSettings {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,12}(?:\\.[0-9]{1,12})?");

    private final RawSettings given;
    private final Problems problems;
    private final Path file;
    private final boolean begun;
    private final SortedMap<String, String> effective = new TreeMap<>();

    /** @param begun whether the job file is the one that a run began with */
    EffectiveSettings(Path file, RawSettings given, Problems problems, boolean begun) {
        this.file = file;
        this.begun = begun;
        this.given = given;
        this.problems = problems;
    }

    /** Whether a run began with these settings, perhaps of an earlier version that allowed more. */
    boolean begun() {
        return begun;
    }

    RawSettings given() {
        return given;
    }

    void problem(String key, String what, String advice) {
        problems.add(given.placeOf(key), key, what, advice);
    }

    /** Two settings that cannot both be: reported at the first, naming the second. */
    void impossible(String key, String what, String other, String advice) {
        problem(key, what + " is not possible with " + other, advice);
    }

    void record(String key, Object value) {
        effective.put(key, value.toString());
    }

    @Nullable
    String text(String key) {
        Setting setting = given.get(key);
        if (setting != null) {
            record(key, setting.text());
        }
        return setting == null ? null : setting.text();
    }

    <E extends Enum<E>> E word(String key, Class<E> type, E otherwise) {
        Setting setting = given.get(key);
        E value = setting == null ? otherwise : wordOf(setting, type, otherwise);
        record(key, wordOf(value));
        return value;
    }

    /**
     * As {@link #word}, for a key that earlier versions did not have: the usual value is not recorded, so that the settings of a
     * run that began under an earlier version are still the same.
     */
    <E extends Enum<E>> E wordUnlessUsual(String key, Class<E> type, E usual) {
        Setting setting = given.get(key);
        E value = setting == null ? usual : wordOf(setting, type, usual);
        if (value != usual) {
            record(key, wordOf(value));
        }
        return value;
    }

    private <E extends Enum<E>> E wordOf(Setting setting, Class<E> type, E otherwise) {
        List<String> words = Arrays.stream(type.getEnumConstants())
                .map(EffectiveSettings::wordOf)
                .toList();
        int index = words.indexOf(setting.text().toLowerCase(Locale.ROOT));
        if (index < 0) {
            problem(
                    setting.key(),
                    QuotedText.of(setting.text()) + " is not known",
                    Suggestions.advice(setting.text(), words, "write one of " + String.join(", ", words)));
            return otherwise;
        }
        return type.getEnumConstants()[index];
    }

    private static String wordOf(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean yesOrNo(String key, boolean otherwise) {
        Setting setting = given.get(key);
        boolean value = otherwise;
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

    int whole(String key, int otherwise, int least, int most) {
        return (int) whole(key, (long) otherwise, least, most);
    }

    long whole(String key, long otherwise, long least, long most) {
        Setting setting = given.get(key);
        long value = otherwise;
        if (setting != null) {
            try {
                value = inRange(setting, Long.parseLong(setting.text()), least, most)
                        ? Long.parseLong(setting.text())
                        : otherwise;
            } catch (NumberFormatException ex) {
                problem(
                        key,
                        QuotedText.of(setting.text()) + " is not a whole number",
                        "write digits, such as " + otherwise);
            }
        }
        record(key, value);
        return value;
    }

    private boolean inRange(Setting setting, long value, long least, long most) {
        boolean in = value >= least && value <= most;
        if (!in) {
            problem(setting.key(), value + " is out of range", "write " + least + " to " + most);
        }
        return in;
    }

    /** A number that may have a fraction; null when it is not given or is that word. */
    @Nullable
    Double number(String key, String nothing, double least, double most) {
        Setting setting = given.get(key);
        Double value =
                setting == null || setting.text().equalsIgnoreCase(nothing) ? null : number(setting, least, most);
        record(key, value == null ? nothing : plain(value));
        return value;
    }

    double number(String key, double otherwise, double least, double most) {
        Setting setting = given.get(key);
        Double value = setting == null ? null : number(setting, least, most);
        record(key, plain(value == null ? otherwise : value));
        return value == null ? otherwise : value;
    }

    private @Nullable Double number(Setting setting, double least, double most) {
        if (!NUMBER.matcher(setting.text()).matches()) {
            problem(
                    setting.key(),
                    QuotedText.of(setting.text()) + " is not a number",
                    "write a number such as 10 or 0.5");
            return null;
        }
        double value = Double.parseDouble(setting.text());
        if (value < least || value > most) {
            problem(
                    setting.key(),
                    QuotedText.of(setting.text()) + " is out of range",
                    "write " + plain(least) + " to " + plain(most));
            return null;
        }
        return value;
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    Duration duration(String key, Duration otherwise, Duration least, Duration most) {
        Setting setting = given.get(key);
        Duration value = setting == null ? otherwise : duration(setting, otherwise, least, most);
        record(key, Durations.write(value));
        return value;
    }

    private Duration duration(Setting setting, Duration otherwise, Duration least, Duration most) {
        Duration value = Durations.parse(setting.text()).orElse(null);
        if (value == null) {
            String unit = setting.text().matches("[0-9]+") ? "has no unit" : "is not a duration";
            problem(
                    setting.key(),
                    QuotedText.of(setting.text()) + " " + unit,
                    "write a number with ms, s, m, h or d, such as " + Durations.write(otherwise));
            return otherwise;
        }
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            problem(
                    setting.key(),
                    QuotedText.of(setting.text()) + " is out of range",
                    "write " + Durations.write(least) + " to " + Durations.write(most));
            return otherwise;
        }
        return value;
    }

    /** A path, resolved against the directory of the job file; null when it is not given. */
    @Nullable
    Path path(String key) {
        Setting setting = given.get(key);
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

    /** The path as seen from the job file, so that the same settings elsewhere have the same hash. */
    String relative(Path path) {
        Path from = file.toAbsolutePath().normalize().getParent();
        Path to = path.toAbsolutePath().normalize();
        boolean near = from != null && to.getRoot() != null && to.getRoot().equals(from.getRoot());
        String relative = near ? from.relativize(to).toString() : to.toString();
        return (relative.isEmpty() ? "." : relative).replace('\\', '/');
    }

    /** Reports a fault that the grammar of a column found. */
    void fault(String key, @Nullable CellProblem fault) {
        if (fault != null) {
            problem(key, fault.what(), fault.advice());
        }
    }

    SortedMap<String, String> map() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(effective));
    }

    /** The keys that are recorded though nobody wrote them. */
    Set<String> defaulted() {
        return effective.keySet().stream()
                .filter(key -> !given.wasWritten(key))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** SHA-256 of all effective settings, as lower case hex. */
    String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            effective.forEach((key, value) ->
                    digest.update((key + "=" + value.length() + ":" + value + "\n").getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("This Java has no SHA-256. Use a complete Java 17 or newer.", ex);
        }
    }
}
