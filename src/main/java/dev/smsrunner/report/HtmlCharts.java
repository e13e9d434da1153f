package dev.smsrunner.report;

import dev.smsrunner.ledger.Outcome;
import java.util.Comparator;
import java.util.List;

/** Section with the charts over time, their legends and a table of the same numbers. */
final class HtmlCharts {

    private HtmlCharts() {}

    /** Writes the number of servers per stage, and of ended servers, over time. */
    static void write(Html html, StageChart chart) {
        legend(html, false);
        html.element("h3", "Servers by stage");
        html.open("div", "class", "wide");
        chart.areas(html);
        html.close();
        html.element("h3", "Ended servers per " + chart.step());
        html.open("div", "class", "wide");
        chart.bars(html);
        html.close();
        peak(html, chart);
        table(html, chart);
    }

    private static void peak(Html html, StageChart chart) {
        var peak = chart.endCounts().stream().max(Comparator.comparingInt(StageChart.EndCount::all));
        html.open("p", "class", "hint");
        if (peak.isPresent() && peak.get().all() > 0) {
            html.text("Most servers ended in the %s from ".formatted(chart.step()))
                    .time(peak.get().from())
                    .text(": " + peak.get().all() + ". ");
        }
        html.text("All times are ").element("span", "UTC", "class", "zone").element("span", "; ", "class", "js");
        html.element("button", "show local time", "type", "button", "id", "zone", "class", "js link");
        html.text(".").close();
    }

    private static void table(Html html, StageChart chart) {
        html.open("details").element("summary", "as a table");
        html.open("table", "class", "narrow figures").open("thead").open("tr");
        html.element("th", "from");
        List.of("goal reached", "skipped", "failed", "rejected or not launched", "stopped")
                .forEach(name -> html.element("th", name));
        html.close(2).open("tbody");
        for (var count : chart.endCounts()) {
            html.open("tr").open("td").time(count.from()).close();
            count.byStyle().forEach(html::cell);
            html.close();
        }
        html.close(3).line();
    }

    /** Writes the legend of colours and signs. */
    static void legend(Html html, boolean signs) {
        html.open("ul", "class", "legend");
        for (var stage : OutcomeStyle.STAGES) {
            entry(html, stage, stage);
        }
        if (signs) {
            sign(html, "m1 6l2.5 3l5 -6", "well", "goal reached");
            sign(html, "m2 3l6 6m0 -6l-6 6", "badly", "goal not reached");
            sign(html, "m5 8l-4 -6h8z", "again", "restarted");
        } else {
            entry(html, "good", "migrated, synced or done");
            entry(html, OutcomeStyle.of(Outcome.SKIPPED), "skipped");
            entry(html, OutcomeStyle.of(Outcome.FAILED), "failed");
            entry(html, OutcomeStyle.of(Outcome.REJECTED), "rejected or not launched");
        }
        html.close();
    }

    private static void entry(Html html, String style, String name) {
        sign(html, "M0 0h10v10h-10z", style, name);
    }

    private static void sign(Html html, String path, String style, String name) {
        html.open("li").open("svg", "viewBox", "0 0 10 10", "class", "swatch", "aria-hidden", "true");
        html.empty("path", "class", style, "d", path).close().text(name).close();
    }
}
