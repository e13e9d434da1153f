package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.text;

import dev.smsrunner.ledger.RawTables;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** I20: replays the events and recomputes their hash chain. */
final class Replay {

    private final String runId;
    private final Findings findings;
    private final List<EventCheck> checks;
    private final ReplayedTables replayed = new ReplayedTables();
    private String chain;
    private long last;
    private long chained;
    private long unchained;
    private boolean hashMissing;

    Replay(String runId, Findings findings, List<EventCheck> checks) {
        this.runId = runId;
        this.findings = findings;
        this.checks = checks;
        this.chain = Hashes.first(runId);
    }

    ReplayedTables replay(RawTables archive) {
        archive.forEachEvent(runId, this::event);
        checks.forEach(check -> check.end(replayed));
        return replayed;
    }

    /** Whether every event records its change; events of earlier versions do not. */
    boolean isComplete() {
        return unchained == 0;
    }

    /** Whether an event has a hash, or must have had one. */
    boolean isChained() {
        return chained > 0;
    }

    long events() {
        return chained + unchained;
    }

    long last() {
        return last;
    }

    /** The last hash of the chain according to the events. */
    String chain() {
        return chain;
    }

    private void event(Map<String, @Nullable Object> columns) {
        var event = RecordedEvent.of(columns);
        checkNumber(event);
        checkChain(event);
        checks.forEach(check -> check.event(event, replayed));
        if (!replayed.apply(event) && isComplete()) {
            violation(event, "event %d refers to a row that was never added to the ledger".formatted(event.number()));
        }
    }

    private void checkNumber(RecordedEvent event) {
        if (event.number() != last + 1) {
            violation(
                    event,
                    event.number() == last + 2
                            ? "event %d is missing".formatted(last + 1)
                            : "events %d to %d are missing".formatted(last + 1, event.number() - 1));
        }
        last = event.number();
    }

    /** Reports an altered event or missing hash once, since the next event is compared with the stored hash. */
    private void checkChain(RecordedEvent event) {
        var stored = text(event.columns(), "chain");
        if (stored.isEmpty() && chained == 0 && !requiresHash(event)) {
            unchained++;
            return;
        }
        chained++;
        var expected = Hashes.ofEvent(chain, event.columns());
        if (stored.isEmpty() && !hashMissing) {
            violation(event, "the hash of event %d (%s) is missing".formatted(event.number(), event.kind()));
        } else if (!stored.isEmpty() && !expected.equals(stored)) {
            violation(
                    event,
                    "the hash of event %d (%s) does not match: it was altered, or the previous event was removed or altered"
                            .formatted(event.number(), event.kind()));
        }
        hashMissing = stored.isEmpty();
        chain = hashMissing ? expected : stored;
    }

    /** Whether the event needs a hash: versions without a chain recorded neither changes nor the addition of a run. */
    private static boolean requiresHash(RecordedEvent event) {
        return !text(event.columns(), "change").isEmpty()
                || event.kind().equals("RUN") && event.after().equals("ADDED");
    }

    private void violation(RecordedEvent event, String what) {
        findings.violation("I20", event.row(), what, "event " + event.number(), Findings.RESTORE);
    }
}
