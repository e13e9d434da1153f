package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.CellProblem;
import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.QuotedText;
import dev.smsrunner.inventory.SpeedRule;
import dev.smsrunner.inventory.Suggestions;
import dev.smsrunner.support.Durations;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Types of settings. */
public final class SettingTypes {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,12}(?:\\.[0-9]{1,12})?");

    private SettingTypes() {}

    /** Whole number in this range. */
    public static SettingType<Integer> wholeNumber(int min, int max) {
        return wholeNumber(min, max, max);
    }

    /** Whole number in this range; a run of an earlier version may have a value up to the earlier maximum. */
    public static SettingType<Integer> wholeNumber(int min, int max, int earlierMax) {
        return SettingType.<Integer>of(
                        min + " to " + max,
                        input -> whole(
                                input, min, input.settings().isRecorded() ? earlierMax : max, value -> (int) value))
                .recordedAs(String::valueOf);
    }

    /** Any whole number of 64 bits. */
    static SettingType<Long> wholeNumber() {
        return SettingType.<Long>of(
                        "whole number", input -> whole(input, Long.MIN_VALUE, Long.MAX_VALUE, value -> value))
                .recordedAs(String::valueOf);
    }

    private static <N> @Nullable N whole(SettingInput input, long min, long max, LongFunction<N> type) {
        try {
            long value = Long.parseLong(input.text());
            if (value >= min && value <= max) {
                return type.apply(value);
            }
            input.problem(value + " is out of range", "write " + min + " to " + max);
        } catch (NumberFormatException ex) {
            input.problem(
                    QuotedText.of(input.text()) + " is not a whole number",
                    "write digits, such as " + input.exampleOr(String.valueOf(max)));
        }
        return null;
    }

    /** Decimal number in this range. */
    static SettingType<Double> decimal(double min, double max) {
        String range = plain(min) + " to " + plain(max);
        return SettingType.<Double>of(range, input -> decimal(input, min, max, range))
                .recordedAs(SettingTypes::plain);
    }

    private static @Nullable Double decimal(SettingInput input, double min, double max, String range) {
        if (!NUMBER.matcher(input.text()).matches()) {
            input.problem(QuotedText.of(input.text()) + " is not a number", "write a number such as 10 or 0.5");
            return null;
        }
        double value = Double.parseDouble(input.text());
        if (value < min || value > max) {
            input.problem(QuotedText.of(input.text()) + " is out of range", "write " + range);
            return null;
        }
        return value;
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** Duration in this range; both ends as a duration, such as {@code 1ms}. */
    public static SettingType<Duration> duration(String min, String max) {
        Duration shortest = Durations.parse(min).orElseThrow();
        Duration longest = Durations.parse(max).orElseThrow();
        String range = min + " to " + max;
        return SettingType.<Duration>of("duration, " + range, input -> duration(input, shortest, longest, range))
                .recordedAs(Durations::write);
    }

    private static @Nullable Duration duration(SettingInput input, Duration min, Duration max, String range) {
        Duration value = Durations.parse(input.text()).orElse(null);
        if (value == null) {
            String unit = input.text().matches("[0-9]+") ? "has no unit" : "is not a duration";
            input.problem(
                    QuotedText.of(input.text()) + " " + unit,
                    "write a number with ms, s, m, h or d, such as " + input.exampleOr("30s"));
        } else if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            input.problem(QuotedText.of(input.text()) + " is out of range", "write " + range);
            return null;
        }
        return value;
    }

    /** One constant of an enum, in lower case with hyphens. */
    public static <E extends Enum<E>> SettingType<E> choice(Class<E> type) {
        return choice(Arrays.asList(type.getEnumConstants()), SettingTypes::spelling, Map.of());
    }

    static String spelling(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * One of these values.
     *
     * @param aliases further spellings of values, which messages do not list
     */
    static <T> SettingType<T> choice(List<T> values, Function<T, String> spelling, Map<String, T> aliases) {
        List<String> spellings = values.stream().map(spelling).toList();
        Map<String, T> bySpelling = new LinkedHashMap<>(aliases);
        values.forEach(value -> bySpelling.put(spelling.apply(value), value));
        return SettingType.<T>of(code(spellings), input -> {
                    T value = bySpelling.get(input.text().toLowerCase(Locale.ROOT));
                    if (value == null) {
                        unknown(input, input.text(), spellings, "write one of ");
                    }
                    return value;
                })
                .recordedAs(spelling);
    }

    /** Reports a value that is none of the known ones. */
    static void unknown(SettingInput input, String text, List<String> known, String advice) {
        input.problem(
                QuotedText.of(text) + " is not known",
                Suggestions.advice(text, known, advice + String.join(", ", known)));
    }

    static String code(List<String> texts) {
        return texts.stream().map(text -> "`" + text + "`").collect(Collectors.joining(", "));
    }

    /** Yes or no. */
    public static SettingType<Boolean> flag() {
        return SettingType.<Boolean>of("true, false", input -> switch (input.text()
                        .toLowerCase(Locale.ROOT)) {
                    case "true", "yes" -> true;
                    case "false", "no" -> false;
                    default -> {
                        input.problem(
                                QuotedText.of(input.text()) + " is neither true nor false", "write true or false");
                        yield null;
                    }
                })
                .recordedAs(String::valueOf);
    }

    /** Any text. */
    public static SettingType<String> text(String values) {
        return SettingType.of(values, SettingInput::text);
    }

    /** Path, relative to the directory of the job file. The recorded text does not depend on that directory. */
    static SettingType<Path> path() {
        return new SettingType<>(
                "path",
                SettingType.Form.SINGLE,
                input -> {
                    try {
                        return input.resolve();
                    } catch (InvalidPathException ex) {
                        input.pathProblem("write the path of a file");
                        return null;
                    }
                },
                (input, path) -> input.settings().relative(path));
    }

    /** Cell of the column with the name of the key. */
    public static SettingType<String> cell(String values) {
        return SettingType.of(values, input -> {
            Column column = SettingDefinition.columnOf(input.key());
            faults(input, column).forEach(input::problem);
            return input.text();
        });
    }

    private static List<CellProblem> faults(SettingInput input, Column column) {
        var limits = input.settings().cellLimits();
        if (input.settings().isRecorded() && column == Column.SPEED_LIMIT_RULES) {
            CellProblem fault = SpeedRule.checkSyntax(input.text(), limits);
            return fault == null ? List.of() : List.of(fault);
        }
        return column.faults(input.text(), input.settings().isRecorded() ? limits.acceptingPlaceholders() : limits);
    }
}
