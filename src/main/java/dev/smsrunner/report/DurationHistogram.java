package dev.smsrunner.report;

import dev.smsrunner.inventory.Plural;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Histogram of the durations of started servers that reached their goal, with the slowest ones. */
final class DurationHistogram {

    private static final int BINS = 24;
    private static final int SLOWEST = 10;

    /** A server with its duration from start to end. */
    private record ServerDuration(ReportRow row, Duration time) {}

    private final List<ServerDuration> all;

    DurationHistogram(ReportData data) {
        this.all = data.report().rows().stream()
                .filter(row ->
                        row.outcome().isSuccess() && row.row().milestones().startedAt() != null)
                .filter(row -> row.duration() != null)
                .map(row -> new ServerDuration(row, row.duration()))
                .sorted(Comparator.comparing(ServerDuration::time))
                .toList();
    }

    void write(Html html) {
        if (all.isEmpty()) {
            html.element("p", "No started server reached its goal.");
            return;
        }
        html.element(
                "p",
                "%s started and reached the goal: half took up to %s, 90 %% up to %s, the slowest %s."
                        .formatted(
                                Plural.of(all.size(), "server"),
                                ReportFormats.span(quantile(0.5)),
                                ReportFormats.span(quantile(0.9)),
                                ReportFormats.span(quantile(1))));
        html.open("div", "class", "wide");
        chart(html);
        html.close().element("h3", "The slowest");
        slowest(html);
    }

    private Duration quantile(double share) {
        return all.get(Math.max(0, (int) Math.ceil(share * all.size()) - 1)).time();
    }

    private void chart(Html html) {
        var zero = Instant.EPOCH;
        var scale = new TimeScale(zero, zero.plus(quantile(1)), 50, 940);
        long step = scale.step(BINS);
        var bins = new int[(int) (quantile(1).toSeconds() / step) + 1];
        all.forEach(took -> bins[(int) (took.time().toSeconds() / step)]++);
        int max = 1;
        for (int bin : bins) {
            max = Math.max(max, bin);
        }
        html.chart(130, "Servers by duration");
        for (int bin = 0; bin < bins.length; bin++) {
            bar(html, bin, bins, step, max);
        }
        StageChart.scale(html, max, 104, 8);
        html.close();
    }

    private static void bar(Html html, int bin, int[] bins, long step, int max) {
        double width = 940.0 / bins.length;
        double x = 50 + bin * width;
        double height = 96.0 * bins[bin] / max;
        var from = ReportFormats.brief(Duration.ofSeconds(bin * step));
        html.open("g").element("title", "from %s: %d".formatted(from, bins[bin]));
        StageChart.box(html, "copying", x, 104 - height, Math.max(1, width - 1), height);
        html.close();
        int every = Math.max(1, (bins.length + 9) / 10);
        if (bin % every == 0) {
            html.element("text", from, "class", "mark", "x", Html.number(x), "y", "122");
        }
    }

    private void slowest(Html html) {
        html.open("div", "class", "wide")
                .open("table", "class", "figures")
                .open("thead")
                .open("tr");
        for (var name :
                List.of("server", "wave", "took", "queued for", "copy", "synchronisation", "launch", "starts")) {
            html.element("th", name, "scope", "col", "class", name.equals("wave") ? "left" : null);
        }
        html.close(2).open("tbody").line();
        all.stream()
                .sorted(Comparator.comparing(ServerDuration::time)
                        .reversed()
                        .thenComparing(took -> took.row().row().row()))
                .limit(SLOWEST)
                .forEach(took -> row(html, took));
        html.close(3).line();
    }

    private static void row(Html html, ServerDuration took) {
        var row = took.row().row();
        var milestones = row.milestones();
        html.open("tr")
                .open("th", "scope", "row")
                .open("a", "href", "#r" + row.row())
                .value(row.serverName())
                .close(2);
        html.open("td", "class", "left").value(row.wave()).close();
        html.element("td", ReportFormats.span(took.time()), "class", "n");
        span(html, milestones.queuedAt(), milestones.startedAt());
        span(html, milestones.startedAt(), milestones.replicatedAt());
        span(html, milestones.replicatedAt(), milestones.launchedAt());
        span(html, milestones.launchedAt(), milestones.finishedAt());
        html.cell(row.attempts()).close().line();
    }

    private static void span(Html html, @Nullable Instant from, @Nullable Instant to) {
        html.element(
                "td", from == null || to == null ? "" : ReportFormats.span(Duration.between(from, to)), "class", "n");
    }
}
