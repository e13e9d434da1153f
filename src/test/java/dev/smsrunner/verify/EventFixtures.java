package dev.smsrunner.verify;

import java.time.Instant;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/** Events as a ledger has them, one after the other, a second apart. */
final class EventFixtures {

    static final Instant BEGUN = Instant.parse("2026-11-21T22:00:00Z");

    private long number;
    private Instant moment = BEGUN;
    private boolean together;

    /** Rows come into the ledger. */
    RecordedEvent intake(String change) {
        return event(null, "INTAKE", "", "", "", change);
    }

    /** What is about a row and changes something, as JSON. */
    RecordedEvent row(int row, String kind, String before, String after, String detail, String change) {
        return event((long) row, kind, before, after, detail, change);
    }

    /** What is about the run. */
    RecordedEvent run(String kind, String before, String after, String change) {
        return run(kind, before, after, "", change);
    }

    RecordedEvent run(String kind, String before, String after, String detail, String change) {
        return event(null, kind, before, after, detail, change);
    }

    /** A call of the row that is now in that state. */
    RecordedEvent call(int row, String operation, int attempt, String state) {
        var intent = "{\"intent\":{\"operation\":\"%s\",\"attempt\":%d,\"state\":\"%s\"}}";
        return row(row, "CALL", operation, state, "attempt " + attempt, intent.formatted(operation, attempt, state));
    }

    /** When the next event happens. */
    Instant next() {
        return BEGUN.plusSeconds(number + 1);
    }

    /** What is told next happens together with what was told last, as in one transaction. */
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
