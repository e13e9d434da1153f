package dev.smsrunner.cli;

import dev.smsrunner.cutover.WaitingReasons;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.report.ReportRow;
import dev.smsrunner.report.RunReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Chain of rows that one server waits for, to the row at its origin. */
final class WaitingChain {

    private final List<ReportRow> links;

    WaitingChain(RunReport report, LedgerRow from) {
        var byNumber =
                report.rows().stream().collect(Collectors.toMap(row -> row.row().row(), Function.identity()));
        this.links = WaitingReasons.chain(from.row(), report.obstacles()).stream()
                .map(byNumber::get)
                .toList();
    }

    /** One line per link, with increasing indentation. */
    List<String> lines() {
        var lines = new ArrayList<String>();
        for (var link : links) {
            lines.add("%s%s: %s".formatted("  ".repeat(lines.size()), link.row().label(), state(link)));
        }
        cycleStart()
                .ifPresent(first -> lines.add("%scycle: back to %s; none of these rows can continue without a change"
                        .formatted("  ".repeat(lines.size()), first.row().label())));
        return lines;
    }

    /** Link that blocks the last one, if the chain is a cycle. */
    private Optional<ReportRow> cycleStart() {
        var last = links.get(links.size() - 1).obstacle();
        return last == null || last.rows().isEmpty()
                ? Optional.empty()
                : links.stream()
                        .filter(link -> link.row().row() == last.rows().get(0))
                        .findFirst();
    }

    private static String state(ReportRow link) {
        if (link.obstacle() != null) {
            return link.obstacle().line();
        }
        var reason = link.reason();
        return link.outcome() + (reason == null ? "" : ": " + reason);
    }

    /** JSON form: {@code why}, the links from the server to the origin. */
    Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("why", links.stream().map(WaitingChain::json).toList());
        return json;
    }

    private static Map<String, @Nullable Object> json(ReportRow link) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("row", link.row().row());
        json.put("server_name", link.row().serverName());
        json.put("stage", link.row().stage().name());
        json.put("outcome", link.outcome().name());
        json.put("reason", link.reason());
        json.put("obstacle", link.obstacle() == null ? null : link.obstacle().toJson());
        return json;
    }
}
