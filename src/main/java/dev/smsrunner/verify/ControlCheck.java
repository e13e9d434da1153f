package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.number;
import static dev.smsrunner.verify.Tables.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** I20: operator requests and their answers against the events. */
final class ControlCheck implements EventCheck {

    private static final Deque<RecordedEvent> NONE = new ArrayDeque<>(0);

    private final Findings findings;
    private final Map<Answer, Deque<RecordedEvent>> entries = new LinkedHashMap<>();

    /**
     * A request with its author, time and answer.
     *
     * @param row null for the run
     */
    private record Answer(@Nullable Integer row, String action, String state, String at, String detail) {

        static Answer of(RecordedEvent event) {
            return new Answer(
                    event.row(), event.before(), event.after(), event.at().toString(), event.detail());
        }

        static Answer of(Map<String, @Nullable Object> control) {
            return new Answer(
                    rowOf(control),
                    text(control, "action"),
                    text(control, "state"),
                    text(control, "answered_at"),
                    "asked by %s at %s: %s"
                            .formatted(text(control, "asked_by"), text(control, "asked_at"), text(control, "answer")));
        }
    }

    ControlCheck(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void event(RecordedEvent event, ReplayedTables before) {
        if (event.kind().equals("CONTROL")) {
            entries.computeIfAbsent(Answer.of(event), same -> new ArrayDeque<>())
                    .add(event);
        }
    }

    /** Compares in both directions: each answered request has an event, and each event a request. */
    void check(Tables tables) {
        for (var control : tables.controls()) {
            if (!text(control, "state").equals("ASKED")
                    && entries.getOrDefault(Answer.of(control), NONE).poll() == null) {
                findings.violation(
                        "I20",
                        rowOf(control),
                        "%s by '%s' is %s in the ledger, but has no event"
                                .formatted(text(control, "action"), text(control, "asked_by"), text(control, "state")),
                        "control " + text(control, "control_id"),
                        Findings.RESTORE);
            }
        }
        entries.values().stream()
                .flatMap(Deque::stream)
                .forEach(event -> findings.violation(
                        "I20",
                        event.row(),
                        "event %s, %s (%s) has no request in the ledger"
                                .formatted(event.before(), event.after(), event.detail()),
                        "event " + event.number(),
                        Findings.RESTORE));
        long open = tables.controls().stream()
                .filter(control -> text(control, "state").equals("ASKED"))
                .count();
        if (open > 0) {
            findings.note(
                    open == 1 ? "1 operator request is not answered." : open + " operator requests are not answered.");
        }
        findings.checked("I20", Findings.count(tables.controls().size(), "operator request") + ": equal to the events");
    }

    private static @Nullable Integer rowOf(Map<String, @Nullable Object> control) {
        return control.get("row_no") == null ? null : number(control);
    }
}
