package dev.smsrunner.report;

import dev.smsrunner.ledger.ApiSample;
import dev.smsrunner.ledger.Event;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.GateRecords;
import dev.smsrunner.ledger.Intent;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.StoredInventoryLine;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Ledger content of a run, read once for all formats, so that their numbers agree.
 *
 * @param columns of the inventory
 * @param changes mutating calls in the order of their intents
 * @param events in order
 * @param samples call statistics in order; empty without samples
 * @param timelines timelines by row number, one for each row
 * @param serverNames server names by row number
 * @param gates agreements about launches
 */
record ReportData(
        RunReport report,
        Ledger ledger,
        InventoryColumns columns,
        List<Intent> changes,
        List<Event> events,
        List<ApiSample> samples,
        Map<Integer, RowTimeline> timelines,
        Map<Integer, String> serverNames,
        GateRecords gates) {

    /** Columns of the report files after {@link ReportRow#COLUMNS}. */
    static final List<String> EXTRA_COLUMNS = List.of(
            "line",
            "last_error",
            "consistency",
            "consistency_detail",
            "actual_target_id",
            "actual_region",
            "actual_project");

    static ReportData of(RunReport report, Ledger ledger) {
        var runId = report.run().runId();
        var changes = ledger.intents(runId);
        var events = ledger.events(runId);
        return new ReportData(
                report,
                ledger,
                InventoryColumns.of(report.inventoryColumns(ledger)),
                changes,
                events,
                ledger.apiSamples(runId),
                timelines(report, changes, events),
                report.rows().stream()
                        .map(ReportRow::row)
                        .collect(Collectors.toMap(LedgerRow::row, LedgerRow::serverName)),
                ledger.activeControls(runId).gates());
    }

    /** Visits each row with its inventory line, in order. */
    void withCells(BiConsumer<ReportRow, StoredInventoryLine> visitor) {
        report.withCells(ledger, visitor);
    }

    /** The values of the row by {@link ReportRow#COLUMNS} and {@link #EXTRA_COLUMNS}, in their order. */
    Map<String, @Nullable Object> values(ReportRow row) {
        var values = row.values();
        values.put("line", row.row().line());
        values.put("last_error", timeline(row).lastError());
        values.putAll(row.consistencyValues());
        values.putAll(row.targetValues());
        return values;
    }

    /** The timeline of a row. */
    RowTimeline timeline(ReportRow row) {
        return timelines.getOrDefault(row.row().row(), new RowTimeline(List.of(), null));
    }

    /** The columns of a row: those of the inventory, {@link ReportRow#COLUMNS} and {@link #EXTRA_COLUMNS}. */
    List<String> columnNames() {
        return Stream.of(columns.echoed(), ReportRow.COLUMNS, EXTRA_COLUMNS)
                .flatMap(List::stream)
                .toList();
    }

    /** The values of a change by their column, in order. */
    Map<String, @Nullable Object> values(Intent change) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        values.put("row", change.row());
        values.put("server_name", serverNames.get(change.row()));
        values.put("operation", change.operation().name());
        values.put("attempt", change.attempt());
        values.put("state", change.state().name());
        values.put("target", change.target());
        values.put("intended_at", change.intendedAt());
        values.put("answered_at", change.answeredAt());
        values.put("http_status", change.httpStatus() == 0 ? null : change.httpStatus());
        values.put("error_code", change.errorCode());
        values.put("request_id", change.requestId());
        values.put("detail", change.detail());
        return values;
    }

    /** The values of an event by their column, in order. */
    Map<String, @Nullable Object> values(Event event) {
        var values = new LinkedHashMap<String, @Nullable Object>();
        values.put("number", event.number());
        values.put("at", event.at());
        values.put("row", event.row());
        values.put("server_name", event.row() == null ? null : serverNames.get(event.row()));
        values.put("kind", event.kind().name());
        values.put("before", event.before());
        values.put("after", event.after());
        values.put("detail", event.detail());
        values.put("request_id", event.requestId());
        return values;
    }

    /** The events of interest to the operator: all but the WRITE events. */
    List<Event> reportedEvents() {
        return events.stream().filter(event -> event.kind() != EventKind.WRITE).toList();
    }

    /** The latest instant in the ledger of the run. */
    Instant until() {
        return until(report, events);
    }

    private static Instant until(RunReport report, List<Event> events) {
        var run = report.run();
        var until = run.endedAt() == null ? run.createdAt() : run.endedAt();
        var last = events.isEmpty() ? until : events.get(events.size() - 1).at();
        return last.isAfter(until) ? last : until;
    }

    private static Map<Integer, RowTimeline> timelines(RunReport report, List<Intent> changes, List<Event> events) {
        var until = until(report, events);
        var ofRow = events.stream().filter(event -> event.row() != null).collect(Collectors.groupingBy(Event::row));
        var calls = changes.stream().collect(Collectors.groupingBy(Intent::row));
        var timelines = new HashMap<Integer, RowTimeline>();
        for (var row : report.rows()) {
            int number = row.row().row();
            timelines.put(
                    number,
                    RowTimeline.of(
                            row.row(),
                            ofRow.getOrDefault(number, List.of()),
                            calls.getOrDefault(number, List.of()),
                            until));
        }
        return timelines;
    }
}
