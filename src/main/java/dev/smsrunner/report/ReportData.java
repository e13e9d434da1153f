package dev.smsrunner.report;

import dev.smsrunner.ledger.ApiSample;
import dev.smsrunner.ledger.Event;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Intent;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.StoredInventoryLine;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Ledger content of a run, read once for all formats, so that their numbers agree.
 *
 * @param columns of the inventory
 * @param changes mutating calls in the order of their intents
 * @param events in order
 * @param samples call statistics in order; empty without samples
 * @param timelines timelines by row number, one for each row
 */
record ReportData(
        RunReport report,
        Ledger ledger,
        InventoryColumns columns,
        List<Intent> changes,
        List<Event> events,
        List<ApiSample> samples,
        Map<Integer, RowTimeline> timelines) {

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
                timelines(report, changes, events));
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

    /** The server names by row number. */
    Map<Integer, String> serverNames() {
        var names = new HashMap<Integer, String>();
        report.rows().forEach(row -> names.put(row.row().row(), row.row().serverName()));
        return names;
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
