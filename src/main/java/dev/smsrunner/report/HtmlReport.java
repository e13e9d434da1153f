package dev.smsrunner.report;

import dev.smsrunner.inventory.Plural;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.support.Sha256;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;

/**
 * Writer of {@code report.html}: one self-contained file with outcomes, problems, charts, changes and all rows. Its tables are
 * readable without the script; its content security policy blocks any other script.
 */
record HtmlReport(ReportData data) {

    private static final String STYLE = "report.css";
    private static final String SCRIPT = "report.js";

    /** Writes the page; the same ledger gives the same bytes. */
    void write(OutputStream out) throws IOException {
        var writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        var html = new Html(writer);
        var style = resource(STYLE);
        var script = resource(SCRIPT);
        html.raw("<!DOCTYPE html>\n");
        html.open("html", "lang", "en").line();
        head(html, style, script);
        html.open("body").line();
        top(html);
        html.open("main").line();
        sections(html);
        html.close().line();
        new HtmlDetails(data).write(html);
        html.open("script").raw(script).close().line();
        html.close(2).line();
        writer.flush();
    }

    private void head(Html html, String style, String script) {
        html.open("head").empty("meta", "charset", "utf-8");
        html.empty(
                "meta",
                "http-equiv",
                "Content-Security-Policy",
                "content",
                "default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'"
                        .formatted(hash(style), hash(script)));
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        html.empty("meta", "name", "referrer", "content", "no-referrer");
        html.empty("meta", "name", "color-scheme", "content", "light dark");
        html.element("title", "Run %s: %s".formatted(data.report().run().runId(), headline()));
        html.open("style").raw(style).close().close().line();
    }

    private void top(Html html) {
        var run = data.report().run();
        html.open("header")
                .open("p", "class", "over")
                .text("sms-runner · " + run.job() + " · run ")
                .value(run.runId());
        html.close();
        html.element("h1", headline());
        html.open("p", "class", "facts").text("Started ").time(run.createdAt());
        if (run.endedAt() == null) {
            html.text(", not ended; data as of ").time(data.until());
        } else {
            html.text(", ended ").time(run.endedAt());
            html.text(" after " + ReportFormats.span(Duration.between(run.createdAt(), run.endedAt())));
        }
        html.text(" ").open("span", "class", "zone").text("UTC").close();
        html.text(" · state " + run.state()).close();
        html.open("p", "class", "facts").text("Job file ").value(run.jobFile());
        html.text(" · inventory ").value(run.inventoryFile());
        if (run.rerunOf() != null) {
            html.text(" · rerun of ").value(run.rerunOf());
        }
        if (data.gates().begunBy() != null) {
            html.text(" · begun by ").value(data.gates().begunBy());
        }
        html.close();
        outcomes(html);
        html.open("nav", "aria-label", "Sections");
        for (var section : HtmlSection.values()) {
            html.element("a", section.title(), "href", "#" + section.id());
        }
        html.close(2).line();
    }

    private String headline() {
        var summary = data.report().summary();
        int missed = summary.rowsToRerun();
        var reached =
                "%d of %s reached the goal".formatted(summary.rows() - missed, Plural.of(summary.rows(), "server"));
        return missed == 0 ? reached : "%s, %d did not".formatted(reached, missed);
    }

    private void outcomes(Html html) {
        var summary = data.report().summary();
        html.open("ul", "class", "tiles");
        for (var outcome : Outcome.values()) {
            int count = summary.count(outcome);
            html.open("li", "class", "tile " + OutcomeStyle.of(outcome) + (count == 0 ? " zero" : ""));
            html.element("b", Integer.toString(count), "data-outcome", outcome.name());
            html.open("span")
                    .element("i", OutcomeStyle.sign(outcome), "aria-hidden", "true")
                    .text(" " + outcome.name());
            html.close(2);
        }
        html.open("li", "class", "tile all").element("b", Integer.toString(summary.rows()), "data-outcome", "all");
        html.element("span", "all").close(2);
        share(html, summary);
    }

    /** Writes a bar with the share of each outcome. */
    static void share(Html html, Summary summary) {
        html.open(
                "svg",
                "viewBox",
                "0 0 1000 10",
                "class",
                "share",
                "preserveAspectRatio",
                "none",
                "aria-hidden",
                "true");
        double x = 0;
        for (var outcome : Outcome.values()) {
            double width = summary.rows() == 0 ? 0 : 1000.0 * summary.count(outcome) / summary.rows();
            if (width > 0) {
                StageChart.box(html, OutcomeStyle.of(outcome), x, 0, width, 10);
            }
            x += width;
        }
        html.close();
    }

    private void sections(Html html) {
        var time = new TimeScale(data.report().run().createdAt(), data.until(), 50, 940);
        for (var section : HtmlSection.values()) {
            html.open("section", "id", section.id())
                    .element("h2", section.title())
                    .line();
            section.write(html, data, time);
            html.close().line();
        }
    }

    private static String hash(String content) {
        var digest = Sha256.digest().digest(content.getBytes(StandardCharsets.UTF_8));
        return "sha256-" + Base64.getEncoder().encodeToString(digest);
    }

    private static String resource(String name) {
        try (var in = HtmlReport.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
