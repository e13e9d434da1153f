package dev.smsrunner.report;

import dev.smsrunner.inventory.Plural;
import dev.smsrunner.ledger.ApiSample;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Intent;
import dev.smsrunner.ledger.Operation;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Section on API calls: their rate over time, and the changes by operation and result. */
record HtmlCalls(ReportData data, TimeScale time) {

    private static final int MARKS = 10;
    private static final int BARS = 160;
    private static final double HEIGHT = 104;

    void write(Html html) {
        var samples = data.samples();
        if (samples.isEmpty()) {
            html.element("p", "No call statistics were recorded for this run.", "class", "hint");
        } else {
            rate(html, samples);
        }
        operations(html);
    }

    private void rate(Html html, List<ApiSample> samples) {
        long calls = samples.stream().mapToLong(ApiSample::calls).sum();
        long throttled = samples.stream().mapToLong(ApiSample::throttled).sum();
        html.element(
                "p",
                "%s, %d answered with 429 (too many)%s."
                        .formatted(
                                Plural.of(calls, "call"),
                                throttled,
                                calls == 0 ? "" : ", " + Html.number(100.0 * throttled / calls) + " %"));
        html.open("ul", "class", "legend");
        html.element("li", "bars: calls per second, red for status 429").element("li", "line: the rate limit in use");
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
        double max = maxRate(samples, calls, seconds);
        html.chart(130, "Calls per second");
        html.empty("path", "class", "grid", "d", time.grid(MARKS, 0, HEIGHT));
        double width = time.width() / BARS;
        for (int at = 0; at < BARS; at++) {
            if (seconds[at] > 0) {
                double all = 96 * calls[at] / seconds[at] / max;
                double throttledHeight = 96 * throttled[at] / seconds[at] / max;
                double x = time.left() + at * width;
                StageChart.box(html, "copying", x, HEIGHT - all, width - 0.8, all - throttledHeight);
                StageChart.box(html, "bad", x, HEIGHT - throttledHeight, width - 0.8, throttledHeight);
            }
        }
        limit(html, samples, max);
        StageChart.scale(html, Html.number(max), HEIGHT, 8);
        time.labels(html, MARKS, 122);
        html.close();
    }

    private static double maxRate(List<ApiSample> samples, double[] calls, double[] seconds) {
        double max = samples.stream()
                .mapToDouble(sample -> sample.limit() == null ? 0 : sample.limit())
                .max()
                .orElse(0);
        for (int at = 0; at < BARS; at++) {
            max = seconds[at] > 0 ? Math.max(max, calls[at] / seconds[at]) : max;
        }
        return Math.max(1, max);
    }

    private void limit(Html html, List<ApiSample> samples, double max) {
        var path = new StringBuilder();
        for (var sample : samples) {
            if (sample.limit() != null) {
                path.append(path.isEmpty() ? "M" : "L")
                        .append(Html.number(time.at(sample.at())))
                        .append(' ')
                        .append(Html.number(HEIGHT - 96 * sample.limit() / max));
            }
        }
        if (!path.isEmpty()) {
            html.empty("path", "class", "limit", "d", path.toString());
        }
    }

    private void operations(Html html) {
        html.element("h3", "Changes by operation");
        if (data.changes().isEmpty()) {
            html.element("p", "No changes in the cloud.");
            return;
        }
        Map<Operation, List<Intent>> byOperation = data.changes().stream()
                .collect(Collectors.groupingBy(Intent::operation, TreeMap::new, Collectors.toList()));
        html.open("div", "class", "wide")
                .open("table", "class", "figures")
                .open("thead")
                .open("tr")
                .element("th", "operation");
        html.element("th", "intended");
        Arrays.stream(CallState.values()).forEach(state -> html.element("th", label(state)));
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

    /** Short label of a call state. */
    static String label(CallState state) {
        return switch (state) {
            case OPEN -> "under way";
            case DONE -> "done";
            case REFUSED -> "refused";
            case NOT_SENT -> "not sent";
            case UNKNOWN -> "unknown";
            case SEEN -> "answer lost, done";
            case ABSENT -> "answer lost, not done";
        };
    }
}
