package dev.smsrunner.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Time axis from left to right, with marks at round times. */
record TimeScale(Instant from, Instant to, double left, double width) {

    private static final int[] ROUND = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 172_800,
        604_800
    };
    private static final DateTimeFormatter MINUTES = format("HH:mm");
    private static final DateTimeFormatter SECONDS = format("HH:mm:ss");
    private static final DateTimeFormatter DAYS = format("d MMM");

    /** Extends the axis to at least one second. */
    TimeScale {
        to = to.isBefore(from.plusSeconds(1)) ? from.plusSeconds(1) : to;
    }

    /** The position of an instant; an instant outside is at the nearer end. */
    double at(Instant instant) {
        double share = (double) Duration.between(from, instant).toMillis()
                / Duration.between(from, to).toMillis();
        return left + width * Math.max(0, Math.min(1, share));
    }

    /** The shortest round step, in seconds, that divides the axis into at most this number of steps. */
    long step(int max) {
        double span = Duration.between(from, to).toMillis() / 1_000.0;
        for (int seconds : ROUND) {
            if (span / seconds <= max) {
                return seconds;
            }
        }
        return (long) Math.ceil(span / max / 604_800) * 604_800;
    }

    /** The round instants on the axis, at most {@code max + 1}. */
    List<Instant> marks(int max) {
        long step = step(max);
        var marks = new ArrayList<Instant>();
        long first = Math.floorDiv(from.getEpochSecond() + step - 1, step) * step;
        for (long at = first; at <= to.getEpochSecond(); at += step) {
            marks.add(Instant.ofEpochSecond(at));
        }
        return marks;
    }

    /** The label of a mark in UTC; a midnight shows its day. */
    String label(Instant mark, int max) {
        if (mark.getEpochSecond() % 86_400 == 0) {
            return DAYS.format(mark);
        }
        return (step(max) < 60 ? SECONDS : MINUTES).format(mark);
    }

    /** The path of vertical lines at the marks. */
    String grid(int max, double top, double bottom) {
        var path = new StringBuilder();
        for (var mark : marks(max)) {
            path.append('M')
                    .append(Html.number(at(mark)))
                    .append(' ')
                    .append(Html.number(top))
                    .append('V')
                    .append(Html.number(bottom));
        }
        return path.toString();
    }

    /** Writes the labels of the marks. */
    void labels(Html html, int max, double baseline) {
        for (var mark : marks(max)) {
            html.element(
                    "text",
                    label(mark, max),
                    "class",
                    "tick",
                    "x",
                    Html.number(at(mark)),
                    "y",
                    Html.number(baseline),
                    "data-t",
                    Long.toString(mark.getEpochSecond()));
        }
    }

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
    }
}
