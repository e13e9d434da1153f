package dev.smsrunner.report;

import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Group of rows that failed or were rejected for the same cause.
 *
 * @param errorCode error code of the service, null for none
 * @param cause message of the service or of preflight; a message that differs by row is the first row's, with its server
 * @param recommendedAction action for the operator, null if unknown
 * @param rows in the order of the inventory
 */
public record Cause(
        Outcome outcome,
        @Nullable String errorCode,
        String cause,
        @Nullable String recommendedAction,
        List<ReportRow> rows) {

    private static final Set<Outcome> WITH_CAUSE = EnumSet.of(Outcome.FAILED, Outcome.REJECTED, Outcome.NOT_LAUNCHED);

    private record Key(Outcome outcome, String cause) {}

    /** Groups the rows that failed, were rejected or were not launched; the most frequent cause comes first. */
    static List<Cause> of(Collection<ReportRow> rows) {
        var groups = new LinkedHashMap<Key, List<ReportRow>>();
        rows.stream()
                .filter(row -> WITH_CAUSE.contains(row.outcome()))
                .forEach(row -> groups.computeIfAbsent(key(row), key -> new ArrayList<>())
                        .add(row));
        return groups.values().stream()
                .map(Cause::of)
                .sorted(Comparator.comparingInt((Cause cause) -> cause.rows().size())
                        .reversed())
                .toList();
    }

    /** The JSON object of the cause. */
    public Map<String, @Nullable Object> json() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("outcome", outcome.name());
        json.put("error_code", errorCode);
        json.put("cause", cause);
        json.put("recommended_action", recommendedAction);
        json.put("count", rows.size());
        json.put("servers", rows.stream().map(row -> row.row().serverName()).toList());
        return json;
    }

    private static Cause of(List<ReportRow> rows) {
        var first = rows.get(0);
        var failure = first.row().failure();
        return new Cause(
                first.outcome(),
                failure == null ? null : failure.code(),
                message(rows),
                failure == null ? null : failure.recommendedAction(),
                List.copyOf(rows));
    }

    private static Key key(ReportRow row) {
        var failure = row.row().failure();
        var code = failure == null ? null : failure.code();
        return new Key(row.outcome(), code != null ? code : normalize(message(row), row.row()));
    }

    /** The message for the operator, without the placeholders of a key. */
    private static String message(List<ReportRow> rows) {
        var first = message(rows.get(0));
        boolean same = rows.stream().allMatch(row -> message(row).equals(first));
        int others = rows.size() - 1;
        return same
                ? first
                : "%s (message for %s; similar for %d %s)"
                        .formatted(first, rows.get(0).row().serverName(), others, others == 1 ? "other" : "others");
    }

    private static String message(ReportRow row) {
        var failure = row.row().failure();
        var reason = failure != null ? failure.text() : row.reason();
        return reason == null ? "no reason was recorded" : reason;
    }

    /** Replaces the names and ids of the row, so that equal causes have equal keys. */
    private static String normalize(String message, LedgerRow row) {
        var normalized = message.replace(row.label(), "<server>")
                .replace(row.serverName(), "<server>")
                .replace("(row " + row.row() + ")", "");
        if (row.sourceId() != null) {
            normalized = normalized.replace(row.sourceId(), "<source>");
        }
        return (row.taskId() == null ? normalized : normalized.replace(row.taskId(), "<task>")).strip();
    }
}
