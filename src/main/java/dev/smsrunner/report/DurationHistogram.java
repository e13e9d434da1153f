package dev.smsrunner.report;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How long the servers took that reached their goal after a start, and which took longest. */
final class DurationHistogram {

    private static final int BINS = 24;
    private static final int SLOWEST = 10;

    /** A server and its time from the start to the end. */
    private record Took(ReportRow row, Duration time) {}

    private final List<Took> all;

    DurationHistogram(ReportData night) {
        this.all = night.report().rows().stream()
                .filter(row -> row.outcome().success() && row.row().milestones().startedAt() != null)
                .filter(row -> row.duration() != null)
                .map(row -> new Took(row, row.duration()))
                .sorted(Comparator.comparing(Took::time))
                .toList();
    }

    void write(Html html) {
        if (all.isEmpty()) {
            html.element("p", "No server was started and reached its goal.");
            return;
        }
        html.element(
                "p",
                "Half of the %s that were started and reached their goal took up to %s, nine of ten up to %s, the slowest %s."
                        .formatted(
                                ReportFormats.count(all.size(), "server", "servers"),
                                ReportFormats.span(share(0.5)),
                                ReportFormats.span(share(0.9)),
                                ReportFormats.span(share(1))));
        html.open("div", "class", "wide");
        chart(html);
        html.close().element("h3", "The slowest");
        slowest(html);
    }

    private Duration share(double share) {
        return all.get(Math.max(0, (int) Math.ceil(share * all.size()) - 1)).time();
    }

    private void chart(Html html) {
        var zero = Instant.EPOCH;
        var scale = new TimeScale(zero, zero.plus(share(1)), 50, 940);
        long step = scale.step(BINS);
        var bins = new int[(int) (share(1).toSeconds() / step) + 1];
        all.forEach(took -> bins[(int) (took.time().toSeconds() / step)]++);
        int most = 1;
        for (int bin : bins) {
            most = Math.max(most, bin);
        }
        html.open(
                "svg",
                "viewBox",
                "0 0 1000 130",
                "class",
                "chart",
                "role",
                "img",
                "aria-label",
                "Servers by the time they took");
        for (int bin = 0; bin < bins.length; bin++) {
            bar(html, bin, bins, step, most);
        }
        StageChart.scale(html, most, 104, 8);
        html.close();
    }

    private static void bar(Html html, int bin, int[] bins, long step, int most) {
        double width = 940.0 / bins.length;
        double x = 50 + bin * width;
        double height = 96.0 * bins[bin] / most;
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
                .sorted(Comparator.comparing(Took::time)
                        .reversed()
                        .thenComparing(took -> took.row().row().row()))
                .limit(SLOWEST)
                .forEach(took -> row(html, took));
        html.close(3).line();
    }

    private static void row(Html html, Took took) {
        var row = took.row().row();
        var done = row.milestones();
        html.open("tr")
                .open("th", "scope", "row")
                .open("a", "href", "#r" + row.row())
                .value(row.serverName())
                .close(2);
        html.open("td", "class", "left").value(row.wave()).close();
        html.element("td", ReportFormats.span(took.time()), "class", "n");
        span(html, done.queuedAt(), done.startedAt());
        span(html, done.startedAt(), done.replicatedAt());
        span(html, done.replicatedAt(), done.launchedAt());
        span(html, done.launchedAt(), done.finishedAt());
        html.cell(row.attempts()).close().line();
    }

    private static void span(Html html, @Nullable Instant from, @Nullable Instant to) {
        html.element(
                "td", from == null || to == null ? "" : ReportFormats.span(Duration.between(from, to)), "class", "n");
    }
}
