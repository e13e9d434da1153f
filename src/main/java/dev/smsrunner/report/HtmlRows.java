package dev.smsrunner.report;

import dev.smsrunner.inventory.Plural;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.StoredInventoryLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Table of all rows with their main values; the script filters, sorts and expands them. */
final class HtmlRows {

    private static final HtmlTable TABLE = new HtmlTable(
            "all-rows",
            List.of(
                    new HtmlTable.Column("line", "p4", "n"),
                    new HtmlTable.Column("server", "p10", "t"),
                    new HtmlTable.Column("wave", "p7", "t"),
                    new HtmlTable.Column("app", "p5 minor", "t"),
                    new HtmlTable.Column("outcome", "p9", "t"),
                    new HtmlTable.Column("reason or last error", "p17", "t"),
                    new HtmlTable.Column("started", "p8 minor", "t"),
                    new HtmlTable.Column("ended", "p8", "t"),
                    new HtmlTable.Column("took", "p6", "n"),
                    new HtmlTable.Column("starts", "p5 minor", "n"),
                    new HtmlTable.Column("owner", "p14 minor", "t"),
                    new HtmlTable.Column("ticket", "p7 minor", "t")));

    private final ReportData data;
    private int at;

    HtmlRows(ReportData data) {
        this.data = data;
    }

    void write(Html html) {
        controls(html);
        TABLE.start(html);
        data.withCells((row, line) -> TABLE.row(html, at++, row, (to, one) -> row(to, one, line)));
        TABLE.end(html, at);
    }

    private void controls(Html html) {
        html.open("form", "class", "js controls", "id", "controls");
        html.open("label")
                .text("Find ")
                .empty(
                        "input",
                        "type",
                        "search",
                        "id",
                        "find",
                        "placeholder",
                        "server, wave, error, owner, ticket",
                        "autocomplete",
                        "off")
                .close();
        html.open("label").text("Outcome ").open("select", "id", "outcome").element("option", "all", "value", "");
        html.element("option", "not reached", "value", "!");
        for (var outcome : Outcome.values()) {
            if (data.report().summary().count(outcome) > 0) {
                html.element("option", outcome.name(), "value", outcome.name());
            }
        }
        html.close(2).open("label").text("Wave ").open("select", "id", "wave");
        html.element("option", "all", "value", "*");
        for (var wave : data.report().stageCounts().waves()) {
            html.element("option", wave.name().isEmpty() ? "(none)" : wave.name(), "value", wave.name());
        }
        html.close(2).element("output", Plural.of(data.report().rows().size(), "row"), "id", "shown");
        html.close()
                .element("p", "Click a column header to sort, a row for its details.", "class", "js hint")
                .line();
    }

    private void row(Html html, ReportRow report, StoredInventoryLine line) {
        var row = report.row();
        html.open("tr", "id", "r" + row.row(), "data-o", report.outcome().name(), "data-w", row.wave());
        html.cell(row.line());
        html.open("th", "scope", "row").value(row.serverName()).close();
        html.open("td").value(row.wave()).close();
        cell(html, line, "app_name", "minor");
        html.open("td");
        OutcomeStyle.badge(html, report.outcome());
        html.close()
                .open("td", "class", "why")
                .open("div")
                .value(reason(report))
                .close(2);
        html.open("td", "class", "minor").time(row.milestones().startedAt()).close();
        html.open("td").time(row.milestones().finishedAt()).close();
        var took = report.duration();
        html.element(
                "td",
                took == null ? "" : ReportFormats.span(took),
                "class",
                "n",
                "data-v",
                took == null ? null : Long.toString(took.toSeconds()));
        html.element("td", Integer.toString(row.attempts()), "class", "n minor");
        cell(html, line, "owner_email", "minor");
        cell(html, line, "change_ticket", "minor");
        html.close();
    }

    private static void cell(Html html, StoredInventoryLine line, String column, String style) {
        html.open("td", "class", style).value(line.cells().get(column)).close();
    }

    private @Nullable String reason(ReportRow row) {
        if (row.reason() != null) {
            return row.reason();
        }
        var error = data.timeline(row).lastError();
        return error == null || !row.outcome().isSuccess() ? error : "resolved: " + error;
    }
}
