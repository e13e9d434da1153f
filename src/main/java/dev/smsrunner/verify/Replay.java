package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.text;

import dev.smsrunner.ledger.RawTables;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** I20: walks over the events, works their chain out anew, and replays them. */
final class Replay {

    private final String runId;
    private final Findings findings;
    private final List<EventCheck> checks;
    private final ReplayedTables fold = new ReplayedTables();
    private String chain;
    private long last;
    private long chained;
    private long unchained;
    private boolean gone;

    Replay(String runId, Findings findings, List<EventCheck> checks) {
        this.runId = runId;
        this.findings = findings;
        this.checks = checks;
        this.chain = Hashes.first(runId);
    }

    ReplayedTables walk(RawTables archive) {
        archive.forEachEvent(runId, this::event);
        checks.forEach(check -> check.end(fold));
        return fold;
    }

    /** Whether the events tell everything from the beginning: those of earlier versions do not. */
    boolean whole() {
        return unchained == 0;
    }

    /** Whether there is an event with a hash, or one that must have had one. */
    boolean isChained() {
        return chained > 0;
    }

    long events() {
        return chained + unchained;
    }

    long last() {
        return last;
    }

    /** The end of the chain as the events give it. */
    String chain() {
        return chain;
    }

    private void event(Map<String, @Nullable Object> columns) {
        var event = RecordedEvent.of(columns);
        numbered(event);
        chained(event);
        checks.forEach(check -> check.event(event, fold));
        if (!fold.apply(event) && whole()) {
            violation(event, "event %d is about a row that never came into the ledger".formatted(event.number()));
        }
    }

    private void numbered(RecordedEvent event) {
        if (event.number() != last + 1) {
            violation(
                    event,
                    event.number() == last + 2
                            ? "event %d is gone".formatted(last + 1)
                            : "events %d to %d are gone".formatted(last + 1, event.number() - 1));
        }
        last = event.number();
    }

    /** An altered event is told once: the next one is compared with the hash that stands there. So are hashes that are gone. */
    private void chained(RecordedEvent event) {
        var stored = text(event.columns(), "chain");
        if (stored.isEmpty() && chained == 0 && !wasChained(event)) {
            unchained++;
            return;
        }
        chained++;
        var expected = Hashes.ofEvent(chain, event.columns());
        if (stored.isEmpty() && !gone) {
            violation(event, "the hash of event %d (%s) is gone".formatted(event.number(), event.kind()));
        } else if (!stored.isEmpty() && !expected.equals(stored)) {
            violation(
                    event,
                    "event %d (%s) was altered, or the one before it was removed or altered: its hash does not fit"
                            .formatted(event.number(), event.kind()));
        }
        gone = stored.isEmpty();
        chain = gone ? expected : stored;
    }

    /** Versions that did not chain events neither recorded what they change nor told that a run was added. */
    private static boolean wasChained(RecordedEvent event) {
        return !text(event.columns(), "change").isEmpty()
                || event.kind().equals("RUN") && event.after().equals("ADDED");
    }

    private void violation(RecordedEvent event, String what) {
        findings.violation("I20", event.row(), what, "event " + event.number(), Findings.RESTORE);
    }
}
