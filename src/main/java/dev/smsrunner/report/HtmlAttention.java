package dev.smsrunner.report;

import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RunState;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The first thing that somebody reads at seven: what failed and why, what waits for a person, and the commands to type. */
final class HtmlAttention {

    private static final int NAMED = 20;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:@%+=,-]+");

    private final RunReport report;
    private final ReportData night;

    HtmlAttention(ReportData night) {
        this.night = night;
        this.report = night.report();
    }

    void write(Html html) {
        if (nothing()) {
            html.open("div", "class", "card good").element("h3", "✓ Nothing");
            html.element("p", "Every row reached its goal.").close();
            return;
        }
        report.failures().forEach(cause -> cause(html, cause));
        attention(html);
        open(html);
        undecided(html);
        commands(html);
    }

    private boolean nothing() {
        return report.summary().toRepeat() == 0
                && undecided() == 0
                && report.attention().isEmpty();
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
        rows.stream().limit(NAMED).forEach(row -> server(html, row));
        html.close();
        if (rows.size() > NAMED) {
            html.open("details").element("summary", "and %d more".formatted(rows.size() - NAMED));
            html.open("p", "class", "servers");
            rows.stream().skip(NAMED).forEach(row -> server(html, row));
            html.close(2);
        }
    }

    /** The name of a server, which leads to its row. */
    private static void server(Html html, ReportRow row) {
        html.open("a", "href", "#r" + row.row().row()).value(row.row().serverName());
        html.text(" (line %d)".formatted(row.row().line())).close().text(" ");
    }

    private void attention(Html html) {
        var rows = report.rows().stream()
                .filter(row -> row.row().attention() != null)
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        html.open("div", "class", "card open").element("h3", "%d × for a person's eyes".formatted(rows.size()));
        html.open("ul");
        rows.forEach(row -> {
            html.open("li");
            server(html, row);
            html.text(row.row().stage() + ": ").value(row.row().attention()).close();
        });
        html.close(2).line();
    }

    private void open(Html html) {
        var rows = report.rows().stream()
                .filter(row -> row.outcome() == Outcome.WAITING || row.outcome() == Outcome.STOPPED)
                .toList();
        if (!rows.isEmpty()) {
            html.open("div", "class", "card open").element("h3", "%d × still open".formatted(rows.size()));
            html.element("p", "What goes on in the cloud goes on. A resume looks where each of them is by then.");
            servers(html, rows);
            html.close().line();
        }
    }

    private long undecided() {
        return night.changes().stream()
                .filter(change -> change.state() == CallState.UNKNOWN || change.state() == CallState.OPEN)
                .count();
    }

    private void undecided(Html html) {
        if (undecided() > 0) {
            html.open("div", "class", "card open");
            html.element("h3", ReportFormats.count(undecided(), "call", "calls") + " whose result is not known");
            html.element("p", "A resume settles them by looking; they are marked in the list of changes.")
                    .close()
                    .line();
        }
    }

    private void commands(Html html) {
        var run = report.run();
        html.open("div", "class", "card plain").element("h3", "The commands");
        if (run.state() != RunState.FINISHED) {
            command(html, "Go on with this run", "sms-runner resume " + run.runId());
        } else if (report.summary().toRepeat() > 0) {
            command(
                    html,
                    "Repeat the %s, as they began"
                            .formatted(ReportFormats.count(report.summary().toRepeat(), "row", "rows")),
                    "sms-runner rerun " + run.runId());
            command(
                    html,
                    "Or correct rerun.csv beside this report first, then run it",
                    "sms-runner run %s --inventory %s"
                            .formatted(
                                    word(run.jobFile().toString()),
                                    word(ReportFiles.directory(run)
                                            .resolve("rerun.csv")
                                            .toString())));
        }
        command(html, "Where every server is now", "sms-runner status " + run.runId());
        html.element("p", "With the same --data or --db as the run was given.", "class", "hint")
                .close()
                .line();
    }

    private static void command(Html html, @Nullable String what, String command) {
        html.open("p", "class", "command")
                .text(what + ": ")
                .open("code")
                .value(command)
                .close()
                .close();
    }

    /** The word as a shell takes it. */
    static String word(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
