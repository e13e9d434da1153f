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
 * Everything that the ledger knows of a run, read once for all formats: what they say cannot differ.
 *
 * @param columns of the inventory
 * @param changes the calls that change something, in the order in which they were intended
 * @param events in order
 * @param samples how the calls went, in order; empty when nothing was sampled
 * @param passages by row number, one for each row
 */
record ReportData(
        RunReport report,
        Ledger ledger,
        InventoryColumns columns,
        List<Intent> changes,
        List<Event> events,
        List<ApiSample> samples,
        Map<Integer, RowTimeline> passages) {

    /** What a report of rows adds after its own columns. */
    static final List<String> ADDED = List.of(
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
                passages(report, changes, events));
    }

    /** Visits each row with its line of the inventory, in order. */
    void withCells(BiConsumer<ReportRow, StoredInventoryLine> visitor) {
        report.withCells(ledger, visitor);
    }

    /** The values of the row by {@link ReportRow#COLUMNS} and {@link #ADDED}, in their order. */
    Map<String, @Nullable Object> values(ReportRow row) {
        var values = row.values();
        values.put("line", row.row().line());
        values.put("last_error", passage(row).lastError());
        values.putAll(row.compared());
        values.putAll(row.actual());
        return values;
    }

    /** The way of a row. */
    RowTimeline passage(ReportRow row) {
        return passages.getOrDefault(row.row().row(), new RowTimeline(List.of(), null));
    }

    /** The name of each server by its row. */
    Map<Integer, String> serverNames() {
        var names = new HashMap<Integer, String>();
        report.rows().forEach(row -> names.put(row.row().row(), row.row().serverName()));
        return names;
    }

    /** The events that people want to hear of: not those that only say that something was written. */
    List<Event> told() {
        return events.stream().filter(event -> event.kind() != EventKind.WRITE).toList();
    }

    /** Up to when the ledger tells of the run. */
    Instant until() {
        return until(report, events);
    }

    private static Instant until(RunReport report, List<Event> events) {
        var run = report.run();
        var until = run.endedAt() == null ? run.createdAt() : run.endedAt();
        var last = events.isEmpty() ? until : events.get(events.size() - 1).at();
        return last.isAfter(until) ? last : until;
    }

    private static Map<Integer, RowTimeline> passages(RunReport report, List<Intent> changes, List<Event> events) {
        var until = until(report, events);
        var ofRow = events.stream().filter(event -> event.row() != null).collect(Collectors.groupingBy(Event::row));
        var calls = changes.stream().collect(Collectors.groupingBy(Intent::row));
        var passages = new HashMap<Integer, RowTimeline>();
        for (var row : report.rows()) {
            int number = row.row().row();
            passages.put(
                    number,
                    RowTimeline.of(
                            row.row(),
                            ofRow.getOrDefault(number, List.of()),
                            calls.getOrDefault(number, List.of()),
                            until));
        }
        return passages;
    }
}
