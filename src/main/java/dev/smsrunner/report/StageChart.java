package dev.smsrunner.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Draws where all servers were over the night, as stacked areas, and how many ended in each stretch of it. */
final class StageChart {

    private static final int POINTS = 160;
    private static final int MARKS = 10;
    private static final int BARS = 48;
    private static final double HEIGHT = 180;
    private static final List<String> LAYERS =
            List.of("good", "none", "bad", "refused", "open", "launching", "syncing", "copying", "started", "queued");

    /** How an end may look: well, nothing to do, failed, rejected, stopped. */
    static final List<String> ENDS = List.of("good", "none", "bad", "refused", "open");

    private final ReportData night;
    private final TimeScale time;

    StageChart(ReportData night, TimeScale time) {
        this.night = night;
        this.time = time;
    }

    /**
     * How many servers ended from that instant on, for one step.
     *
     * @param looks by the look of their outcome, in the order of {@link #ENDS}
     */
    record Ended(Instant from, List<Integer> looks) {
        int all() {
            return looks.stream().mapToInt(Integer::intValue).sum();
        }
    }

    /** The areas. */
    void areas(Html html) {
        var counts = counts();
        double most = Math.max(1, night.report().rows().size());
        html.open(
                "svg",
                "viewBox",
                "0 0 1000 210",
                "class",
                "chart",
                "role",
                "img",
                "aria-label",
                "Servers by stage over time");
        html.empty("path", "class", "grid", "d", time.grid(MARKS, 0, HEIGHT));
        var below = new double[POINTS + 1];
        for (var layer : LAYERS) {
            area(html, layer, below, counts.get(layer), most);
        }
        scale(html, night.report().rows().size(), HEIGHT, 8);
        time.names(html, MARKS, HEIGHT + 18);
        html.close();
    }

    private void area(Html html, String layer, double[] below, int[] counts, double most) {
        if (Arrays.stream(counts).allMatch(count -> count == 0)) {
            return;
        }
        var upper = new StringBuilder();
        var lower = new StringBuilder();
        for (int at = 0; at <= POINTS; at++) {
            double x = time.left() + time.width() * at / POINTS;
            lower.insert(0, point(x, below[at], most));
            below[at] += counts[at];
            upper.append(point(x, below[at], most));
        }
        html.open("path", "class", layer, "d", "M" + upper.substring(1) + lower + "Z");
        html.element("title", layer).close();
    }

    private static String point(double x, double count, double most) {
        return "L" + Html.number(x) + " " + Html.number(HEIGHT - (HEIGHT - 8) * count / most);
    }

    /** The names of the greatest value and of none, left of a chart. */
    static void scale(Html html, Object most, double bottom, double top) {
        html.element("text", most.toString(), "class", "scale", "x", "42", "y", Html.number(top + 4));
        html.element("text", "0", "class", "scale", "x", "42", "y", Html.number(bottom));
    }

    /** The counts of each layer at each point of time. */
    private Map<String, int[]> counts() {
        var changes = new LinkedHashMap<String, int[]>();
        LAYERS.forEach(layer -> changes.put(layer, new int[POINTS + 2]));
        for (var row : night.report().rows()) {
            for (var stretch : night.passage(row).stretches()) {
                change(changes.get(OutcomeStyle.of(stretch.stage())), stretch.from(), stretch.to());
            }
            var finished = row.row().milestones().finishedAt();
            if (finished != null) {
                change(changes.get(OutcomeStyle.of(row.outcome())), finished, Instant.MAX);
            }
        }
        changes.values().forEach(counts -> Arrays.parallelPrefix(counts, Integer::sum));
        return changes;
    }

    private void change(int[] changes, Instant from, Instant to) {
        changes[point(from)]++;
        changes[to.equals(Instant.MAX) ? POINTS + 1 : point(to)]--;
    }

    /** The first point of time that is not before the instant. */
    private int point(Instant at) {
        double share = (time.at(at) - time.left()) / time.width();
        return (int) Math.ceil(share * POINTS - 1e-9);
    }

    /** How many ended in each step of the night. */
    List<Ended> ended() {
        long step = time.step(BARS);
        long first = Math.floorDiv(time.from().getEpochSecond(), step);
        int steps = (int) (Math.floorDiv(time.to().getEpochSecond(), step) - first) + 1;
        var counts = new int[steps][ENDS.size()];
        for (var row : night.report().rows()) {
            var finished = row.row().milestones().finishedAt();
            if (finished != null) {
                int at = (int) Math.max(0, Math.min(steps - 1, Math.floorDiv(finished.getEpochSecond(), step) - first));
                counts[at][ENDS.indexOf(OutcomeStyle.of(row.outcome()))]++;
            }
        }
        var ended = new ArrayList<Ended>(steps);
        for (int at = 0; at < steps; at++) {
            ended.add(new Ended(
                    Instant.ofEpochSecond((first + at) * step),
                    Arrays.stream(counts[at]).boxed().toList()));
        }
        return ended;
    }

    /** One bar for each step. */
    void bars(Html html) {
        var ended = ended();
        int most = Math.max(1, ended.stream().mapToInt(Ended::all).max().orElse(1));
        html.open(
                "svg",
                "viewBox",
                "0 0 1000 110",
                "class",
                "chart",
                "role",
                "img",
                "aria-label",
                "Servers that ended, per " + step());
        html.empty("path", "class", "grid", "d", time.grid(MARKS, 0, 84));
        for (var one : ended) {
            bar(html, one, most);
        }
        scale(html, most, 84, 8);
        time.names(html, MARKS, 102);
        html.close();
    }

    /** The length of a step as words. */
    String step() {
        return ReportFormats.brief(Duration.ofSeconds(time.step(BARS)));
    }

    private void bar(Html html, Ended ended, int most) {
        if (ended.all() == 0) {
            return;
        }
        double x = time.at(ended.from());
        double width = Math.max(1, time.at(ended.from().plusSeconds(time.step(BARS))) - x - 1);
        html.open("g").element("title", "from %s: %d".formatted(ReportFormats.plain(ended.from()), ended.all()));
        double y = 84;
        for (int at = 0; at < ENDS.size(); at++) {
            double height = 76.0 * ended.looks().get(at) / most;
            y -= height;
            box(html, ENDS.get(at), x, y, width, height);
        }
        html.close();
    }

    /** A filled box; nothing when it is flat. */
    static void box(Html html, String look, double x, double y, double width, double height) {
        if (height > 0) {
            html.empty(
                    "path",
                    "class",
                    look,
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
