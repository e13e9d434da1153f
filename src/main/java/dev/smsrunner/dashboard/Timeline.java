package dev.smsrunner.dashboard;

import dev.smsrunner.ledger.Event;
import dev.smsrunner.ledger.Intent;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.RunReader;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON of one server in full: row, inventory cells, events and intents. */
final class Timeline {

    private Timeline() {}

    static Map<String, @Nullable Object> json(RunReader reader, RunSnapshot snapshot, LedgerRow row) {
        var runId = snapshot.run().runId();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("server", ServerRow.toMap(snapshot, row));
        json.put("source_id", row.sourceId());
        json.put(
                "cells",
                reader.inventory(runId, row.row()).map(line -> line.cells()).orElse(Map.of()));
        json.put(
                "events",
                reader.events(runId, row.row()).stream().map(Timeline::event).toList());
        json.put(
                "intents",
                reader.intents(runId, row.row()).stream().map(Timeline::intent).toList());
        return json;
    }

    private static Map<String, @Nullable Object> event(Event event) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("no", event.number());
        json.put("at", PageJson.at(event.at()));
        json.put("kind", event.kind().name());
        json.put("before", event.before());
        json.put("after", event.after());
        json.put("detail", event.detail());
        json.put("request_id", event.requestId());
        json.put("token", event.token());
        return json;
    }

    /** The event with the number of its row, null for an event of the run. */
    static Map<String, @Nullable Object> eventOfRun(Event event) {
        var json = event(event);
        json.put("row", event.row());
        return json;
    }

    private static Map<String, @Nullable Object> intent(Intent intent) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("operation", intent.operation().name());
        json.put("attempt", intent.attempt());
        json.put("state", intent.state().name());
        json.put("intended_at", PageJson.at(intent.intendedAt()));
        json.put("answered_at", PageJson.at(intent.answeredAt()));
        json.put("http_status", intent.httpStatus() == 0 ? null : intent.httpStatus());
        json.put("error_code", intent.errorCode());
        json.put("request_id", intent.requestId());
        json.put("detail", intent.detail());
        json.put("target", intent.target());
        return json;
    }
}
