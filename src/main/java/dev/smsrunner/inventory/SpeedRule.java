package dev.smsrunner.inventory;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One speed limit by time of day, as the column {@code speed_limit_rules} writes it: {@code 08:00-18:00=50@20}.
 *
 * @param start {@code HH:MM}
 * @param end {@code HH:MM}, also {@code 24:00}; before the start when the rule goes over midnight
 * @param speed Mbit/s, 0 = no limit
 * @param overSpeedThreshold percent, 10 to 100: a copy that exceeds the limit by more is paused; null = not given
 */
public record SpeedRule(
        String start, String end, int speed, @Nullable Integer overSpeedThreshold) {

    /** The word that removes all rules. */
    public static final String NONE = "none";

    /** UpdateSpeed, API reference 2026-01-27: a list of 0 to 5. */
    private static final int MOST = 5;

    private static final String TIME = "(?:[01]?\\d|2[0-3]):[0-5]\\d";
    private static final Pattern RULE =
            Pattern.compile("(" + TIME + ")-(" + TIME + "|24:00)=(\\d{1,5})(?:@(\\d{1,3})%?)?");

    /** Reads a cell that passed its check; empty for {@value #NONE} and for an empty cell. */
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
                padded(rule.group(1)),
                padded(rule.group(2)),
                Integer.parseInt(rule.group(3)),
                rule.group(4) == null ? null : Integer.valueOf(rule.group(4)));
    }

    private static String padded(String time) {
        return time.length() < 5 ? "0" + time : time;
    }

    /** What is wrong with a cell, or null. */
    static @Nullable CellProblem check(String cell, CellLimits limits) {
        if (Whitespace.trim(cell.replace(";", " ")).isEmpty()) {
            return new CellProblem(
                    QuotedText.of(cell) + " has no speed limit between its separators",
                    "write limits such as 08:00-18:00=50, or none to remove all, or leave the cell empty");
        }
        CellProblem fault = spelling(cell, limits);
        return fault == null && !limits.begunSpeedRules().contains(cell) ? ranges(read(cell)) : fault;
    }

    /** The same but for ranges that are empty or overlap, with which runs of earlier versions began. */
    public static @Nullable CellProblem spelling(String cell, CellLimits limits) {
        if (isNone(cell)) {
            return null;
        }
        String[] rules = cell.split(";");
        if (rules.length > MOST) {
            return new CellProblem("has " + rules.length + " speed limits by time of day", "write at most " + MOST);
        }
        for (String text : rules) {
            CellProblem fault = checkOne(Whitespace.trim(text), limits);
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    /** The page of UpdateSpeed does not say which of two limits holds at a time of day that both cover. */
    private static @Nullable CellProblem ranges(List<SpeedRule> rules) {
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

    /** Of two ranges that overlap one begins within the other. */
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
