package dev.smsrunner.report;

import dev.smsrunner.inventory.Plural;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Intent;
import java.util.List;

/** Audit section: every mutating call with the time of its intent and its result. */
record HtmlChanges(ReportData data) {

    private static final HtmlTable TABLE = new HtmlTable(
            "all-changes",
            List.of(
                    new HtmlTable.Column("intended", "p8", "t"),
                    new HtmlTable.Column("server", "p14", "t"),
                    new HtmlTable.Column("operation", "p9", "t"),
                    new HtmlTable.Column("no.", "p4", "n"),
                    new HtmlTable.Column("result", "p8", "t"),
                    new HtmlTable.Column("HTTP", "p5", "n"),
                    new HtmlTable.Column("request id", "p14", "t"),
                    new HtmlTable.Column("of", "p18", "t"),
                    new HtmlTable.Column("detail", "p18", "t")));

    void write(Html html) {
        var changes = data.changes();
        html.open("p")
                .text("The runner recorded each change before sending it. \"answer lost\" means that the runner "
                        + "polled the service for the result. The same data is in ")
                .element("code", "report.json");
        html.text(" as ").element("code", "changes").text(".").close();
        html.open("details").element("summary", Plural.of(changes.size(), "change"));
        TABLE.start(html);
        for (int at = 0; at < changes.size(); at++) {
            TABLE.row(html, at, changes.get(at), this::change);
        }
        TABLE.end(html, changes.size());
        html.close().line();
    }

    private void change(Html html, Intent change) {
        html.open("tr", "class", change.state() == CallState.REFUSED ? "marked" : null);
        html.open("td").time(change.intendedAt()).close();
        html.open("td").value(data.serverNames().get(change.row())).close();
        html.element("td", change.operation().name());
        html.cell(change.attempt()).element("td", HtmlCalls.label(change.state()));
        html.element("td", change.httpStatus() == 0 ? "" : Integer.toString(change.httpStatus()), "class", "n");
        html.open("td").value(change.requestId()).close();
        html.open("td").value(change.target()).close();
        html.open("td").value(change.errorCode());
        html.text(change.errorCode() != null && change.detail() != null ? ": " : "")
                .value(change.detail())
                .close(2);
    }
}
