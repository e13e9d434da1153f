package dev.smsrunner.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Charts of all servers over time: stacked areas by stage, and bars of ended servers. */
record StageChart(ReportData data, TimeScale time) {

    private static final int POINTS = 160;
    private static final int MARKS = 10;
    private static final int BARS = 48;
    private static final double HEIGHT = 180;
    private static final List<String> LAYERS =
            List.of("good", "none", "bad", "refused", "open", "launching", "syncing", "copying", "started", "queued");

    /** Style classes of ended rows: goal reached, skipped, failed, rejected, stopped. */
    static final List<String> END_STYLES = List.of("good", "none", "bad", "refused", "open");

    /**
     * Number of servers that ended in one step of time.
     *
     * @param from start of the step
     * @param byStyle counts in the order of {@link #END_STYLES}
     */
    record EndCount(Instant from, List<Integer> byStyle) {
        int all() {
            return byStyle.stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** Writes the stacked areas. */
    void areas(Html html) {
        var counts = counts();
        double max = Math.max(1, data.report().rows().size());
        html.chart(210, "Servers by stage over time");
        html.empty("path", "class", "grid", "d", time.grid(MARKS, 0, HEIGHT));
        var below = new double[POINTS + 1];
        for (int layer = 0; layer < LAYERS.size(); layer++) {
            area(html, LAYERS.get(layer), below, counts[layer], max);
        }
        scale(html, data.report().rows().size(), HEIGHT, 8);
        time.labels(html, MARKS, HEIGHT + 18);
        html.close();
    }

    private void area(Html html, String layer, double[] below, int[] counts, double max) {
        if (Arrays.stream(counts).allMatch(count -> count == 0)) {
            return;
        }
        var upper = new StringBuilder();
        var lower = new StringBuilder();
        for (int at = 0; at <= POINTS; at++) {
            double x = time.left() + time.width() * at / POINTS;
            lower.insert(0, point(x, below[at], max));
            below[at] += counts[at];
            upper.append(point(x, below[at], max));
        }
        html.open("path", "class", layer, "d", "M" + upper.substring(1) + lower + "Z");
        html.element("title", layer).close();
    }

    private static String point(double x, double count, double max) {
        return "L" + Html.number(x) + " " + Html.number(HEIGHT - (HEIGHT - 8) * count / max);
    }

    /** Writes the labels of the maximum and of zero, left of a chart. */
    static void scale(Html html, Object max, double bottom, double top) {
        html.element("text", max.toString(), "class", "scale", "x", "42", "y", Html.number(top + 4));
        html.element("text", "0", "class", "scale", "x", "42", "y", Html.number(bottom));
    }

    /** The counts of each layer at each point in time, in the order of {@link #LAYERS}. */
    private int[][] counts() {
        var changes = new int[LAYERS.size()][POINTS + 2];
        for (var row : data.report().rows()) {
            for (var interval : data.timeline(row).intervals()) {
                change(changes[LAYERS.indexOf(OutcomeStyle.of(interval.stage()))], interval.from(), interval.to());
            }
            var finished = row.row().milestones().finishedAt();
            if (finished != null) {
                change(changes[LAYERS.indexOf(OutcomeStyle.of(row.outcome()))], finished, Instant.MAX);
            }
        }
        Arrays.stream(changes).forEach(counts -> Arrays.parallelPrefix(counts, Integer::sum));
        return changes;
    }

    private void change(int[] changes, Instant from, Instant to) {
        changes[point(from)]++;
        changes[to.equals(Instant.MAX) ? POINTS + 1 : point(to)]--;
    }

    /** The first point in time at or after the instant. */
    private int point(Instant at) {
        double share = (time.at(at) - time.left()) / time.width();
        return (int) Math.ceil(share * POINTS - 1e-9);
    }

    /** The number of ended servers in each step. */
    List<EndCount> endCounts() {
        long step = time.step(BARS);
        long first = Math.floorDiv(time.from().getEpochSecond(), step);
        int steps = (int) (Math.floorDiv(time.to().getEpochSecond(), step) - first) + 1;
        var counts = new int[steps][END_STYLES.size()];
        for (var row : data.report().rows()) {
            var finished = row.row().milestones().finishedAt();
            if (finished != null) {
                int at = (int) Math.max(0, Math.min(steps - 1, Math.floorDiv(finished.getEpochSecond(), step) - first));
                counts[at][END_STYLES.indexOf(OutcomeStyle.of(row.outcome()))]++;
            }
        }
        var ended = new ArrayList<EndCount>(steps);
        for (int at = 0; at < steps; at++) {
            ended.add(new EndCount(
                    Instant.ofEpochSecond((first + at) * step),
                    Arrays.stream(counts[at]).boxed().toList()));
        }
        return ended;
    }

    /** Writes one bar for each step. */
    void bars(Html html) {
        var ended = endCounts();
        int max = Math.max(1, ended.stream().mapToInt(EndCount::all).max().orElse(1));
        html.chart(110, "Ended servers per " + step());
        html.empty("path", "class", "grid", "d", time.grid(MARKS, 0, 84));
        for (var one : ended) {
            bar(html, one, max);
        }
        scale(html, max, 84, 8);
        time.labels(html, MARKS, 102);
        html.close();
    }

    /** The length of a step as text. */
    String step() {
        return ReportFormats.brief(Duration.ofSeconds(time.step(BARS)));
    }

    private void bar(Html html, EndCount ended, int max) {
        if (ended.all() == 0) {
            return;
        }
        double x = time.at(ended.from());
        double width = Math.max(1, time.at(ended.from().plusSeconds(time.step(BARS))) - x - 1);
        html.open("g").element("title", "from %s: %d".formatted(ReportFormats.plain(ended.from()), ended.all()));
        double y = 84;
        for (int at = 0; at < END_STYLES.size(); at++) {
            double height = 76.0 * ended.byStyle().get(at) / max;
            y -= height;
            box(html, END_STYLES.get(at), x, y, width, height);
        }
        html.close();
    }

    /** Writes a filled box, if its height is above zero. */
    static void box(Html html, String style, double x, double y, double width, double height) {
        if (height > 0) {
            html.empty(
                    "path",
                    "class",
                    style,
                    "d",
                    "M%s %sh%sv%sh-%sz"
                            .formatted(
                                    Html.number(x),
                                    Html.number(y),
                                    Html.number(width),
                                    Html.number(height),
                                    Html.number(width)));
        }
    }
}
