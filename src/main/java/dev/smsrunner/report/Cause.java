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
 * Rows that failed or were rejected for the same cause.
 *
 * @param errorCode the service's code, null when the service gave none
 * @param cause the words of the service or of preflight; where they name the server, those of the first row, and whose they are
 * @param recommendedAction what a person should do, null when nothing is known
 * @param rows in the order of the inventory
 */
public record Cause(
        Outcome outcome,
        @Nullable String errorCode,
        String cause,
        @Nullable String recommendedAction,
        List<ReportRow> rows) {

    private static final Set<Outcome> EXPLAINED = EnumSet.of(Outcome.FAILED, Outcome.REJECTED, Outcome.NOT_LAUNCHED);

    private record Key(Outcome outcome, String cause) {}

    /** Groups the rows that failed, were rejected or were not launched; the cause with the most rows comes first. */
    static List<Cause> of(Collection<ReportRow> rows) {
        var groups = new LinkedHashMap<Key, List<ReportRow>>();
        rows.stream()
                .filter(row -> EXPLAINED.contains(row.outcome()))
                .forEach(row -> groups.computeIfAbsent(key(row), key -> new ArrayList<>())
                        .add(row));
        return groups.values().stream()
                .map(Cause::of)
                .sorted(Comparator.comparingInt((Cause cause) -> cause.rows().size())
                        .reversed())
                .toList();
    }

    /** As the objects that JSON is made of. */
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
                told(rows),
                failure == null ? null : failure.recommendedAction(),
                List.copyOf(rows));
    }

    private static Key key(ReportRow row) {
        var failure = row.row().failure();
        var code = failure == null ? null : failure.code();
        return new Key(row.outcome(), code != null ? code : common(words(row), row.row()));
    }

    /** Words for people: what stands for names and ids in a key is in none of them. */
    private static String told(List<ReportRow> rows) {
        var first = words(rows.get(0));
        boolean same = rows.stream().allMatch(row -> words(row).equals(first));
        int others = rows.size() - 1;
        return same
                ? first
                : "%s (said of %s, alike of %d %s)"
                        .formatted(first, rows.get(0).row().serverName(), others, others == 1 ? "other" : "others");
    }

    private static String words(ReportRow row) {
        var failure = row.row().failure();
        var reason = failure != null ? failure.text() : row.reason();
        return reason == null ? "no reason was recorded" : reason;
    }

    /** The words without what is the row's own, so that equal causes have equal keys. */
    private static String common(String words, LedgerRow row) {
        var common = words.replace(row.label(), "<server>")
                .replace(row.serverName(), "<server>")
                .replace("(row " + row.row() + ")", "");
        if (row.sourceId() != null) {
            common = common.replace(row.sourceId(), "<source>");
        }
        return (row.taskId() == null ? common : common.replace(row.taskId(), "<task>")).strip();
    }
}
