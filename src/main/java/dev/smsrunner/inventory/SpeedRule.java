package dev.smsrunner.inventory;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Speed limit by time of day, in the format of the column {@code speed_limit_rules}: {@code 08:00-18:00=50@20}.
 *
 * @param start {@code HH:MM}
 * @param end {@code HH:MM}, also {@code 24:00}; before the start when the rule spans midnight
 * @param speed Mbit/s, 0 = no limit
 * @param overSpeedThreshold percent, 10 to 100: SMS pauses a copy that exceeds the limit by more; null = not set
 */
public record SpeedRule(
        String start, String end, int speed, @Nullable Integer overSpeedThreshold) {

    /** Value that removes all rules. */
    public static final String NONE = "none";

    /** UpdateSpeed, API reference 2026-01-27: a list of 0 to 5. */
    private static final int MAX_RULES = 5;

    private static final String TIME = "(?:[01]?\\d|2[0-3]):[0-5]\\d";
    private static final Pattern RULE =
            Pattern.compile("(" + TIME + ")-(" + TIME + "|24:00)=(\\d{1,5})(?:@(\\d{1,3})%?)?");

    /** Reads a valid cell; empty for {@value #NONE} and for an empty cell. */
    public static List<SpeedRule> read(String cell) {
        return isNone(cell) || cell.isEmpty()
                ? List.of()
                : Arrays.stream(cell.split(";")).map(SpeedRule::of).toList();
    }

    /** Whether the cell removes all rules. */
    public static boolean isNone(String cell) {
        return cell.equalsIgnoreCase(NONE);
    }

    private static SpeedRule of(String text) {
        Matcher rule = RULE.matcher(Whitespace.trim(text));
        if (!rule.matches()) {
            throw new IllegalArgumentException(QuotedText.of(text) + " is not a speed limit by time of day.");
        }
        return new SpeedRule(
                pad(rule.group(1)),
                pad(rule.group(2)),
                Integer.parseInt(rule.group(3)),
                rule.group(4) == null ? null : Integer.valueOf(rule.group(4)));
    }

    private static String pad(String time) {
        return time.length() < 5 ? "0" + time : time;
    }

    /** Problem of a cell, or null. */
    static @Nullable CellProblem check(String cell, CellLimits limits) {
        if (Whitespace.trim(cell.replace(";", " ")).isEmpty()) {
            return new CellProblem(
                    QuotedText.of(cell) + " has no speed limit between its separators",
                    "write limits such as 08:00-18:00=50, or none to remove all, or leave the cell empty");
        }
        CellProblem fault = checkSyntax(cell, limits);
        return fault == null && !limits.recordedSpeedRules().contains(cell) ? checkRanges(read(cell)) : fault;
    }

    /** Problem of a cell without the check of ranges, or null. Earlier versions accepted empty or overlapping ranges. */
    public static @Nullable CellProblem checkSyntax(String cell, CellLimits limits) {
        if (isNone(cell)) {
            return null;
        }
        String[] rules = cell.split(";");
        if (rules.length > MAX_RULES) {
            return new CellProblem(
                    "has " + rules.length + " speed limits by time of day", "write at most " + MAX_RULES);
        }
        for (String text : rules) {
            CellProblem fault = checkOne(Whitespace.trim(text), limits);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    /** Problem of empty or overlapping ranges, or null. UpdateSpeed does not document which of two overlapping limits applies. */
    private static @Nullable CellProblem checkRanges(List<SpeedRule> rules) {
        for (int one = 0; one < rules.size(); one++) {
            if (rules.get(one).start.equals(rules.get(one).end)) {
                return new CellProblem(
                        QuotedText.of(rules.get(one).range()) + " is a range without time",
                        "write an end after the start, or 00:00-24:00");
            }
            for (int other = one + 1; other < rules.size(); other++) {
                if (rules.get(one).overlaps(rules.get(other))) {
                    return new CellProblem(
                            "has two speed limits for one time of day: "
                                    + rules.get(one).range() + " and "
                                    + rules.get(other).range(),
                            "write ranges that do not overlap");
                }
            }
        }
        return null;
    }

    private String range() {
        return start + "-" + end;
    }

    /** Whether two ranges overlap: one then starts within the other. */
    private boolean overlaps(SpeedRule other) {
        return covers(minute(other.start)) || other.covers(minute(start));
    }

    private boolean covers(int minute) {
        int from = minute(start);
        int to = minute(end);
        return from < to ? from <= minute && minute < to : from <= minute || minute < to;
    }

    private static int minute(String time) {
        return Integer.parseInt(time.substring(0, 2)) * 60 + Integer.parseInt(time.substring(3));
    }

    private static @Nullable CellProblem checkOne(String text, CellLimits limits) {
        Matcher rule = RULE.matcher(text);
        if (!rule.matches() || Integer.parseInt(rule.group(3)) > limits.speed()) {
            return new CellProblem(
                    QuotedText.of(text) + " is not a speed limit by time of day",
                    "write HH:MM-HH:MM=Mbit/s (0 to " + limits.speed() + "), several of them separated by ;, or "
                            + NONE);
        }
        return rule.group(4) == null || isThreshold(Integer.parseInt(rule.group(4)))
                ? null
                : new CellProblem(
                        "the threshold of " + QuotedText.of(text) + " is not a percentage from 10 to 100",
                        "write HH:MM-HH:MM=Mbit/s@10 to @100, or leave it out for 10");
    }

    private static boolean isThreshold(int percent) {
        return percent >= 10 && percent <= 100;
    }
}
