package dev.smsrunner.report;

import dev.smsrunner.ledger.ApiSample;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Intent;
import dev.smsrunner.ledger.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How the calls went: their pace over the night, and the changes by operation and result. */
final class HtmlCalls {

    private static final int MARKS = 10;
    private static final int BARS = 160;
    private static final double HEIGHT = 104;

    private final ReportData night;
    private final TimeScale time;

    HtmlCalls(ReportData night, TimeScale time) {
        this.night = night;
        this.time = time;
    }

    void write(Html html) {
        var samples = night.samples();
        if (samples.isEmpty()) {
            html.element("p", "No samples of the calls were recorded for this run.", "class", "hint");
        } else {
            pace(html, samples);
        }
        operations(html);
    }

    private void pace(Html html, List<ApiSample> samples) {
        long calls = samples.stream().mapToLong(ApiSample::calls).sum();
        long throttled = samples.stream().mapToLong(ApiSample::throttled).sum();
        html.element(
                "p",
                "%s, %d answered with 429 (too many)%s."
                        .formatted(
                                ReportFormats.count(calls, "call", "calls"),
                                throttled,
                                calls == 0 ? "" : ", " + Html.number(100.0 * throttled / calls) + " %"));
        html.open("ul", "class", "legend");
        html.element("li", "bars: calls per second, in red those that were answered with 429")
                .element("li", "line: the limit that was kept");
        html.close().open("div", "class", "wide");
        chart(html, samples);
        html.close();
    }

    private void chart(Html html, List<ApiSample> samples) {
        var calls = new double[BARS];
        var throttled = new double[BARS];
        var seconds = new double[BARS];
        for (var sample : samples) {
            int at = (int) Math.min(BARS - 1, (time.at(sample.at()) - time.left()) / time.width() * BARS);
            calls[at] += sample.calls();
            throttled[at] += sample.throttled();
            seconds[at] += sample.seconds();
        }
        double most = most(samples, calls, seconds);
        html.open("svg", "viewBox", "0 0 1000 130", "class", "chart", "role", "img", "aria-label", "Calls per second");
        html.empty("path", "class", "grid", "d", time.grid(MARKS, 0, HEIGHT));
        double width = time.width() / BARS;
        for (int at = 0; at < BARS; at++) {
            if (seconds[at] > 0) {
                double all = 96 * calls[at] / seconds[at] / most;
                double refused = 96 * throttled[at] / seconds[at] / most;
                double x = time.left() + at * width;
                StageChart.box(html, "copying", x, HEIGHT - all, width - 0.8, all - refused);
                StageChart.box(html, "bad", x, HEIGHT - refused, width - 0.8, refused);
            }
        }
        limit(html, samples, most);
        StageChart.scale(html, Html.number(most), HEIGHT, 8);
        time.names(html, MARKS, 122);
        html.close();
    }

    private static double most(List<ApiSample> samples, double[] calls, double[] seconds) {
        double most = samples.stream()
                .mapToDouble(sample -> sample.limit() == null ? 0 : sample.limit())
                .max()
                .orElse(0);
        for (int at = 0; at < BARS; at++) {
            most = seconds[at] > 0 ? Math.max(most, calls[at] / seconds[at]) : most;
        }
        return Math.max(1, most);
    }

    private void limit(Html html, List<ApiSample> samples, double most) {
        var path = new StringBuilder();
        for (var sample : samples) {
            if (sample.limit() != null) {
                path.append(path.isEmpty() ? "M" : "L")
                        .append(Html.number(time.at(sample.at())))
                        .append(' ')
                        .append(Html.number(HEIGHT - 96 * sample.limit() / most));
            }
        }
        if (!path.isEmpty()) {
            html.empty("path", "class", "limit", "d", path.toString());
        }
    }

    private void operations(Html html) {
        html.element("h3", "Changes by operation");
        if (night.changes().isEmpty()) {
            html.element("p", "Nothing was changed in the cloud.");
            return;
        }
        Map<Operation, List<Intent>> byOperation = night.changes().stream()
                .collect(Collectors.groupingBy(Intent::operation, TreeMap::new, Collectors.toList()));
        html.open("div", "class", "wide")
                .open("table", "class", "figures")
                .open("thead")
                .open("tr")
                .element("th", "operation");
        html.element("th", "intended");
        Arrays.stream(CallState.values()).forEach(state -> html.element("th", words(state)));
        html.close(2).open("tbody").line();
        byOperation.forEach((operation, changes) -> {
            html.open("tr").element("th", operation.name(), "scope", "row").cell(changes.size());
            for (var state : CallState.values()) {
                html.cell(changes.stream()
                        .filter(change -> change.state() == state)
                        .count());
            }
            html.close().line();
        });
        html.close(3).line();
    }

    /** What a state of a call means, in few words. */
    static String words(CallState state) {
        return switch (state) {
            case OPEN -> "under way";
            case DONE -> "done";
            case REFUSED -> "refused";
            case NOT_SENT -> "not sent";
            case UNKNOWN -> "not known";
            case SEEN -> "lost, but done";
            case ABSENT -> "lost, not done";
        };
    }
}
