package dev.smsrunner.report;

import dev.smsrunner.ledger.Outcome;
import java.util.Comparator;
import java.util.List;

/** Puts the charts of the night together with what they say in words. */
final class HtmlCharts {

    private HtmlCharts() {}

    /** Where the servers were, and how many ended when. */
    static void night(Html html, StageChart chart, ReportData night) {
        legend(html, false);
        html.element("h3", "Servers by stage");
        html.open("div", "class", "wide");
        chart.areas(html);
        html.close();
        html.element("h3", "Servers that ended, per " + chart.step());
        html.open("div", "class", "wide");
        chart.bars(html);
        html.close();
        words(html, chart, night);
        table(html, chart);
    }

    private static void words(Html html, StageChart chart, ReportData night) {
        var best = chart.ended().stream().max(Comparator.comparingInt(StageChart.Ended::all));
        html.open("p", "class", "hint");
        if (best.isPresent() && best.get().all() > 0) {
            html.text("Most ended in the %s from ".formatted(chart.step()))
                    .element("time", ReportFormats.plain(best.get().from()))
                    .text(": " + best.get().all() + ". ");
        }
        html.text("All times are ").element("span", "UTC", "class", "zone").element("span", "; ", "class", "js");
        html.element("button", "show the time of this computer", "type", "button", "id", "zone", "class", "js link");
        html.text(".").close();
    }

    private static void table(Html html, StageChart chart) {
        html.open("details").element("summary", "as a table");
        html.open("table", "class", "narrow figures").open("thead").open("tr");
        html.element("th", "from");
        List.of("well", "skipped", "failed", "rejected or not launched", "stopped")
                .forEach(name -> html.element("th", name));
        html.close(2).open("tbody");
        for (var ended : chart.ended()) {
            html.open("tr")
                    .open("td")
                    .element("time", ReportFormats.plain(ended.from()))
                    .close();
            ended.looks().forEach(html::cell);
            html.close();
        }
        html.close(3).line();
    }

    /** What the colours and signs mean. */
    static void legend(Html html, boolean signs) {
        html.open("ul", "class", "legend");
        for (var stage : OutcomeStyle.STAGES) {
            entry(html, stage, stage);
        }
        if (signs) {
            sign(html, "m1 6l2.5 3l5 -6", "well", "ended well");
            sign(html, "m2 3l6 6m0 -6l-6 6", "badly", "ended without its goal");
            sign(html, "m5 8l-4 -6h8z", "again", "started again");
        } else {
            entry(html, "good", "migrated, synced or done");
            entry(html, OutcomeStyle.of(Outcome.SKIPPED), "skipped");
            entry(html, OutcomeStyle.of(Outcome.FAILED), "failed");
            entry(html, OutcomeStyle.of(Outcome.REJECTED), "rejected or not launched");
        }
        html.close();
    }

    private static void entry(Html html, String look, String name) {
        html.open("li").open("svg", "viewBox", "0 0 10 10", "class", "swatch", "aria-hidden", "true");
        html.empty("path", "class", look, "d", "M0 0h10v10h-10z")
                .close()
                .text(name)
                .close();
    }

    private static void sign(Html html, String path, String look, String name) {
        html.open("li").open("svg", "viewBox", "0 0 10 10", "class", "swatch", "aria-hidden", "true");
        html.empty("path", "class", look, "d", path).close().text(name).close();
    }
}
