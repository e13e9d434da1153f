package dev.smsrunner.report;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Puts instants on an axis from left to right, and divides it at round times. */
record TimeScale(Instant from, Instant to, double left, double width) {

    private static final int[] ROUND = {
        1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 172_800,
        604_800
    };
    private static final DateTimeFormatter MINUTES = format("HH:mm");
    private static final DateTimeFormatter SECONDS = format("HH:mm:ss");
    private static final DateTimeFormatter DAYS = format("d MMM");

    /** The same, at least a second wide. */
    TimeScale {
        to = to.isBefore(from.plusSeconds(1)) ? from.plusSeconds(1) : to;
    }

    /** Where the instant is; one outside is at the nearer end. */
    double at(Instant instant) {
        double share = (double) Duration.between(from, instant).toMillis()
                / Duration.between(from, to).toMillis();
        return left + width * Math.max(0, Math.min(1, share));
    }

    /** The shortest round length of time, in seconds, of which at most so many fit. */
    long step(int most) {
        double span = Duration.between(from, to).toMillis() / 1_000.0;
        for (int seconds : ROUND) {
            if (span / seconds <= most) {
                return seconds;
            }
        }
        return (long) Math.ceil(span / most / 604_800) * 604_800;
    }

    /** Round instants within, at most so many and one. */
    List<Instant> marks(int most) {
        long step = step(most);
        var marks = new ArrayList<Instant>();
        long first = Math.floorDiv(from.getEpochSecond() + step - 1, step) * step;
        for (long at = first; at <= to.getEpochSecond(); at += step) {
            marks.add(Instant.ofEpochSecond(at));
        }
        return marks;
    }

    /** How the mark is called, UTC: a midnight by its day. */
    String name(Instant mark, int most) {
        if (mark.getEpochSecond() % 86_400 == 0) {
            return DAYS.format(mark);
        }
        return (step(most) < 60 ? SECONDS : MINUTES).format(mark);
    }

    /** Lines at the marks from top to bottom. */
    String grid(int most, double top, double bottom) {
        var path = new StringBuilder();
        for (var mark : marks(most)) {
            path.append('M')
                    .append(Html.number(at(mark)))
                    .append(' ')
                    .append(Html.number(top))
                    .append('V')
                    .append(Html.number(bottom));
        }
        return path.toString();
    }

    /** The names of the marks, below each other's lines. */
    void names(Html html, int most, double baseline) {
        for (var mark : marks(most)) {
            html.element(
                    "text",
                    name(mark, most),
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
