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

/** What one server waits for, and what that waits for, down to a row that no other row holds. */
final class WaitingChain {

    private final List<ReportRow> links;

    WaitingChain(RunReport report, LedgerRow from) {
        var byNumber =
                report.rows().stream().collect(Collectors.toMap(row -> row.row().row(), Function.identity()));
        this.links = WaitingReasons.chain(from.row(), report.obstacles()).stream()
                .map(byNumber::get)
                .toList();
    }

    /** One line for each link, each further in than the one before. */
    List<String> lines() {
        var lines = new ArrayList<String>();
        for (var link : links) {
            lines.add("%s%s: %s".formatted("  ".repeat(lines.size()), link.row().label(), state(link)));
        }
        backTo().ifPresent(first -> lines.add("%scircle: back to %s; none of these rows can continue by itself"
                .formatted("  ".repeat(lines.size()), first.row().label())));
        return lines;
    }

    /** The link that holds the last one, where the chain returns to itself. */
    private Optional<ReportRow> backTo() {
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

    /** As the objects that JSON is made of: {@code why}, the links from the server on. */
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
