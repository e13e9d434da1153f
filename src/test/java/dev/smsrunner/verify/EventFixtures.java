package dev.smsrunner.verify;

import java.time.Instant;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/** Factory of consecutive ledger events, one second apart. */
final class EventFixtures {

    static final Instant BEGUN = Instant.parse("2026-11-21T22:00:00Z");

    private long number;
    private Instant moment = BEGUN;
    private boolean together;

    /** Addition of rows to the ledger. */
    RecordedEvent intake(String change) {
        return event(null, "INTAKE", "", "", "", change);
    }

    /** Event of a row with its change as JSON. */
    RecordedEvent row(int row, String kind, String before, String after, String detail, String change) {
        return event((long) row, kind, before, after, detail, change);
    }

    /** Event of the run. */
    RecordedEvent run(String kind, String before, String after, String change) {
        return run(kind, before, after, "", change);
    }

    RecordedEvent run(String kind, String before, String after, String detail, String change) {
        return event(null, kind, before, after, detail, change);
    }

    /** Call event of a row. */
    RecordedEvent call(int row, String operation, int attempt, String state) {
        var intent = "{\"intent\":{\"operation\":\"%s\",\"attempt\":%d,\"state\":\"%s\"}}";
        return row(row, "CALL", operation, state, "attempt " + attempt, intent.formatted(operation, attempt, state));
    }

    /** Instant of the next event. */
    Instant next() {
        return BEGUN.plusSeconds(number + 1);
    }

    /** Gives the next event the instant of the previous one, as in one transaction. */
    EventFixtures together() {
        together = true;
        return this;
    }

    private RecordedEvent event(
            @Nullable Long row, String kind, String before, String after, String detail, String change) {
        var columns = new HashMap<String, @Nullable Object>();
        columns.put("event_no", ++number);
        moment = together ? moment : BEGUN.plusSeconds(number);
        together = false;
        columns.put("happened_at", moment.toString());
        columns.put("token", 1L);
        columns.put("row_no", row);
        columns.put("kind", kind);
        columns.put("before_text", before);
        columns.put("after_text", after);
        columns.put("detail", detail);
        columns.put("change", change);
        return RecordedEvent.of(columns);
    }
}
