package dev.smsrunner.report;

import dev.smsrunner.inventory.Plural;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.support.SuggestedCommands;
import java.util.List;

/** First section of the page: failures by cause, rows that need attention, open rows, and the next commands. */
record HtmlAttention(ReportData data) {

    private static final int MAX_NAMES = 20;

    void write(Html html) {
        if (isEmpty()) {
            html.open("div", "class", "card good").element("h3", "✓ Nothing");
            html.element("p", "Every row reached its goal.").close();
            return;
        }
        report().failures().forEach(cause -> cause(html, cause));
        attention(html);
        open(html);
        unresolvedCalls(html);
        commands(html);
    }

    private RunReport report() {
        return data.report();
    }

    private boolean isEmpty() {
        return report().summary().rowsToRerun() == 0
                && unresolvedCalls() == 0
                && report().attention().isEmpty();
    }

    private static void cause(Html html, Cause cause) {
        html.open("div", "class", "card " + OutcomeStyle.of(cause.outcome()));
        html.open("h3").text("%d × ".formatted(cause.rows().size()));
        OutcomeStyle.badge(html, cause.outcome());
        html.text(" ").value(cause.errorCode()).close();
        html.open("p").value(cause.cause()).close();
        if (cause.recommendedAction() != null) {
            html.open("p", "class", "do")
                    .element("b", "Do: ")
                    .value(cause.recommendedAction())
                    .close();
        }
        servers(html, cause.rows());
        html.close().line();
    }

    private static void servers(Html html, List<ReportRow> rows) {
        html.open("p", "class", "servers");
        rows.stream().limit(MAX_NAMES).forEach(row -> server(html, row));
        html.close();
        if (rows.size() > MAX_NAMES) {
            html.open("details").element("summary", "and %d more".formatted(rows.size() - MAX_NAMES));
            html.open("p", "class", "servers");
            rows.stream().skip(MAX_NAMES).forEach(row -> server(html, row));
            html.close(2);
        }
    }

    /** The name of a server as a link to its row. */
    private static void server(Html html, ReportRow row) {
        html.open("a", "href", "#r" + row.row().row()).value(row.row().serverName());
        html.text(" (line %d)".formatted(row.row().line())).close().text(" ");
    }

    private void attention(Html html) {
        var rows = report().rows().stream()
                .filter(row -> row.row().attention() != null)
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        html.open("div", "class", "card open").element("h3", "%d × needs attention".formatted(rows.size()));
        html.open("ul");
        rows.forEach(row -> {
            html.open("li");
            server(html, row);
            html.text(row.row().stage() + ": ").value(row.row().attention()).close();
        });
        html.close(2).line();
    }

    private void open(Html html) {
        var rows = report().rows().stream()
                .filter(row -> row.outcome() == Outcome.WAITING || row.outcome() == Outcome.STOPPED)
                .toList();
        if (!rows.isEmpty()) {
            html.open("div", "class", "card open").element("h3", "%d × still open".formatted(rows.size()));
            html.element(
                    "p",
                    "Migrations already running in the cloud continue. A resume polls the current state of each server.");
            servers(html, rows);
            html.close().line();
        }
    }

    private long unresolvedCalls() {
        return data.changes().stream()
                .filter(change -> change.state() == CallState.UNKNOWN || change.state() == CallState.OPEN)
                .count();
    }

    private void unresolvedCalls(Html html) {
        if (unresolvedCalls() > 0) {
            html.open("div", "class", "card open");
            html.element("h3", Plural.of(unresolvedCalls(), "call") + " with unknown result");
            html.element("p", "A resume polls the service to resolve them. The list of changes marks them.")
                    .close()
                    .line();
        }
    }

    private void commands(Html html) {
        var run = report().run();
        html.open("div", "class", "card plain").element("h3", "Next commands");
        if (run.state() != RunState.FINISHED) {
            command(html, "Resume this run", "sms-runner resume " + run.runId());
        } else if (report().summary().rowsToRerun() > 0) {
            command(
                    html,
                    "Rerun the %s unchanged"
                            .formatted(Plural.of(report().summary().rowsToRerun(), "row")),
                    "sms-runner rerun " + run.runId());
            command(
                    html,
                    "Or edit rerun.csv beside this report, then run it",
                    "sms-runner run %s --inventory %s"
                            .formatted(
                                    SuggestedCommands.quoted(run.jobFile().toString()),
                                    SuggestedCommands.quoted(ReportFiles.directory(run)
                                            .resolve("rerun.csv")
                                            .toString())));
        }
        command(html, "Show the state of every server", "sms-runner status " + run.runId());
        html.element("p", "Use the same --data or --db as for the run.", "class", "hint")
                .close()
                .line();
    }

    private static void command(Html html, String label, String command) {
        html.open("p", "class", "command")
                .text(label + ": ")
                .open("code")
                .value(command)
                .close()
                .close();
    }
}
