package dev.smsrunner.reconcile;

import dev.smsrunner.intent.Backoff;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Consistency;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Intent;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.sms.TaskState;
import dev.smsrunner.task.TaskProvisioner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A row while what was seen and decided is written down; becomes an entry of the ledger when anything changed. */
final class RowUpdate {

    private final LedgerRow before;
    private final Instant now;
    private final List<EventDraft> events = new ArrayList<>();
    private LedgerRow row;
    private @Nullable Intent intent;
    private boolean worthWriting;

    RowUpdate(LedgerRow row, Instant now) {
        this.before = row;
        this.row = row;
        this.now = now;
    }

    LedgerRow row() {
        return row;
    }

    /** Takes down what the observation tells of a call whose answer was lost. */
    void settle(CallState known) {
        var call = row.call();
        if (call == null || known == call.state()) {
            return;
        }
        intent = TaskProvisioner.resolvedIntent(row, call, known);
        row = row.withCall(call.now(known, call.at()));
        event(
                EventKind.CALL,
                call.operation().name(),
                known.name(),
                "attempt " + call.attempt() + ", found by looking");
        if (known == CallState.SEEN && call.operation().begins()) {
            row = row.withAttempt().notBefore(null, null);
            reach(Stage.STARTED);
        } else if (known == CallState.ABSENT
                && call.operation() == Operation.START
                && row.starts() > 0
                && failed(row.seen())) {
            row = row.withAttempt().notBefore(null, null); // it may have run and failed again: judged as a failure anew
        } else if (known == CallState.SEEN && call.operation() == Operation.LAUNCH) {
            reach(Stage.LAUNCHING);
        }
    }

    /** Takes down what the service says now. */
    void see(ObservedResource observed) {
        var said = observed.listed() ? observed.seen() : row.seen();
        var same = said.same(row.seen());
        var changedAt = same && row.seen().changedAt() != null ? row.seen().changedAt() : now;
        var seen = new ObservedState(
                said.taskState(),
                said.copyState(),
                said.migrationCycle(),
                said.connected(),
                said.progress(),
                changedAt,
                said.target() == null ? row.seen().target() : said.target());
        if (!seen.sameStates(row.seen())) {
            event(EventKind.STATE, row.seen().text(), seen.text(), null);
        }
        if (observed.showsFailure() && !failed(row.seen())) {
            row = row.notBefore(null, null); // a wait that was agreed on before says nothing about this failure
        }
        row = row.withSeen(seen);
    }

    /** Takes down what is known of the comparison of source and target; null when the row does not ask for it. */
    void compare(@Nullable Consistency found) {
        var known = row.consistency();
        if (Objects.equals(found, known)) {
            return;
        }
        row = row.withConsistency(found);
        if (found == null) {
            return;
        }
        if (found.state() == Consistency.State.PENDING) {
            // the begin of the wait at the end must be known to the next process
            worthWriting |= known != null && !Objects.equals(known.at(), found.at());
        } else if (!found.same(known)) {
            event(EventKind.FINDING, null, found.differs() ? "WARNING" : found.text(), found.sentence());
        }
    }

    void look(Decision.Look look) {
        if (row.stage() != look.stage()
                && row.stage().mayBecome(look.stage())
                && look.stage().ordinal() > row.stage().ordinal()) {
            row = row.notBefore(null, null);
            reach(look.stage());
        }
        if (!Objects.equals(row.attention(), look.attention())) {
            event(EventKind.ATTENTION, row.attention(), look.attention(), null);
            row = row.withAttention(look.attention());
        }
    }

    void restartLater(Decision.RestartLater later, Backoff backoff, int restarts) {
        if (row.starts() == 0) {
            row = row.withAttempt(); // it was started by somebody else, which counts like a start of our own
        }
        int tries = row.starts();
        var when = now.plus(backoff.delay(tries));
        var text = "%s; restart %d of %d".formatted(later.failure().text(), tries, restarts);
        row = row.withFailure(later.failure()).notBefore(when, text);
        event(EventKind.STAGE, row.stage().name(), row.stage().name(), text + " not before " + when);
    }

    void close(Decision.Close close) {
        if (close.outcome() == Outcome.MIGRATED) {
            reach(Stage.LAUNCHING);
        } else if (close.outcome() == Outcome.SYNCED) {
            reach(Stage.SYNCING);
        }
        event(
                EventKind.STAGE,
                row.stage().name(),
                Stage.CLOSED.name(),
                close.outcome() + (close.reason() == null ? "" : ": " + close.reason()));
        row = row.withFailure(close.failure()).closed(close.outcome(), close.reason(), now);
        boolean differs = close.outcome().success()
                && row.consistency() != null
                && row.consistency().differs();
        var attention = Stream.of(close.attention(), differs ? row.consistency().sentence() : null)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("; "));
        if (!attention.isEmpty()) {
            event(EventKind.ATTENTION, null, attention, null);
            row = row.withAttention(attention);
        }
    }

    /** Whether the copy is further than before, or anything else that the page shows as progress has changed. */
    boolean progressed() {
        return !Objects.equals(before.seen().progress(), row.seen().progress());
    }

    /** What is to be written: null when nothing but the progress changed, which is not worth a write each time. */
    @Nullable
    LedgerWrite entry() {
        return worthWriting ? new LedgerWrite(row, List.copyOf(events), intent) : null;
    }

    private static boolean failed(ObservedState seen) {
        return TaskState.of(seen.taskState()).isFailure();
    }

    private void reach(Stage stage) {
        if (row.stage() == stage || !row.stage().mayBecome(stage)) {
            return;
        }
        event(EventKind.STAGE, row.stage().name(), stage.name(), null);
        row = row.reached(stage, now);
    }

    private void event(EventKind kind, @Nullable String from, @Nullable String to, @Nullable String detail) {
        events.add(EventDraft.ofRow(before, kind, from, to, detail));
        worthWriting = true;
    }
}
