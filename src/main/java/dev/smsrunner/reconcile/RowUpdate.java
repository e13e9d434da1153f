package dev.smsrunner.reconcile;

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
import dev.smsrunner.support.Backoff;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collects the observation and the decision of a row; becomes a ledger write when anything changed. */
public final class RowUpdate {

    private final LedgerRow before;
    private final Instant now;
    private final List<EventDraft> events = new ArrayList<>();
    private LedgerRow row;
    private @Nullable Intent intent;
    private boolean mustWrite;

    RowUpdate(LedgerRow row, Instant now) {
        this.before = row;
        this.row = row;
        this.now = now;
    }

    LedgerRow row() {
        return row;
    }

    /** Applies the resolved state of a call with a lost answer. */
    void applyCallState(CallState newState) {
        var call = row.call();
        if (call == null || newState == call.state()) {
            return;
        }
        intent = Intent.resolved(row, call, newState);
        row = row.withCall(call.withState(newState, call.at()));
        event(
                EventKind.CALL,
                call.operation().name(),
                newState.name(),
                "attempt " + call.attempt() + ", found by observation");
        if (newState == CallState.SEEN && call.operation().startsRow()) {
            row = row.withAttempt().clearSchedule();
            reach(Stage.STARTED);
        } else if (newState == CallState.ABSENT
                && call.operation() == Operation.START
                && row.starts() > 0
                && isFailed(row.observed())) {
            row = row.withAttempt().clearSchedule(); // it may have run and failed again: judged as a new failure
        } else if (newState == CallState.SEEN && call.operation() == Operation.LAUNCH) {
            reach(Stage.LAUNCHING);
        }
    }

    /** Applies the states that the service shows. */
    void applyObservation(ObservedResource observed) {
        var shown = observed.listed() ? observed.states() : row.observed();
        var same = shown.isSame(row.observed());
        var changedAt =
                same && row.observed().changedAt() != null ? row.observed().changedAt() : now;
        var states = shown.withChangedAt(changedAt)
                .withTarget(shown.target() == null ? row.observed().target() : shown.target());
        if (!states.hasSameStates(row.observed())) {
            event(EventKind.STATE, row.observed().text(), states.text(), null);
        }
        if (observed.showsFailure() && !isFailed(row.observed())) {
            row = row.clearSchedule(); // an earlier delay does not apply to this failure
        }
        row = row.withObserved(states);
    }

    /** Applies the comparison of source and target; null when the row does not request one. */
    void applyConsistency(@Nullable Consistency found) {
        var known = row.consistency();
        if (Objects.equals(found, known)) {
            return;
        }
        row = row.withConsistency(found);
        if (found == null) {
            return;
        }
        if (found.state() == Consistency.State.PENDING) {
            // the next process must know when the wait at the end began
            mustWrite |= known != null && !Objects.equals(known.at(), found.at());
        } else if (!found.isSameResult(known)) {
            event(EventKind.FINDING, null, found.differs() ? "WARNING" : found.text(), found.sentence());
        }
    }

    void applyWait(Decision.Wait wait) {
        if (row.stage() != wait.stage()
                && row.stage().mayBecome(wait.stage())
                && wait.stage().ordinal() > row.stage().ordinal()) {
            row = row.clearSchedule();
            reach(wait.stage());
        }
        if (!Objects.equals(row.attention(), wait.attention())) {
            event(EventKind.ATTENTION, row.attention(), wait.attention(), null);
            row = row.withAttention(wait.attention());
        }
    }

    void applyRestart(Decision.RestartLater restart, Backoff backoff, int restarts) {
        if (row.starts() == 0) {
            row = row.withAttempt(); // a start by another user counts like a start by the run
        }
        int tries = row.starts();
        var when = now.plus(backoff.delay(tries));
        var text = "%s; restart %d of %d".formatted(restart.failure().text(), tries, restarts);
        row = row.withFailure(restart.failure()).notBefore(when, text);
        event(
                EventKind.STAGE,
                row.stage().name(),
                row.stage().name(),
                text + " not before " + when.truncatedTo(ChronoUnit.SECONDS));
    }

    void applyFinish(Decision.Finish finish) {
        if (finish.outcome() == Outcome.MIGRATED) {
            reach(Stage.LAUNCHING);
        } else if (finish.outcome() == Outcome.SYNCED) {
            reach(Stage.SYNCING);
        }
        event(
                EventKind.STAGE,
                row.stage().name(),
                Stage.CLOSED.name(),
                finish.outcome() + (finish.reason() == null ? "" : ": " + finish.reason()));
        row = row.withFailure(finish.failure()).end(finish.outcome(), finish.reason(), now);
        var difference = Optional.ofNullable(row.consistency())
                .filter(found -> finish.outcome().isSuccess() && found.differs())
                .map(Consistency::sentence);
        var attention = Stream.of(Optional.ofNullable(finish.attention()), difference)
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
        if (!attention.isEmpty()) {
            event(EventKind.ATTENTION, null, attention, null);
            row = row.withAttention(attention);
        }
    }

    /** Whether the copy or another part of the progress text has advanced. */
    boolean hasProgress() {
        return !Objects.equals(before.observed().progress(), row.observed().progress());
    }

    /** Ledger write; null when nothing but the progress changed, which is not worth a write each time. */
    @Nullable
    LedgerWrite toWrite() {
        return mustWrite ? new LedgerWrite(row, List.copyOf(events), intent) : null;
    }

    private static boolean isFailed(ObservedState observed) {
        return TaskState.of(observed.taskState()).isFailure();
    }

    private void reach(Stage stage) {
        if (row.stage() == stage || !row.stage().mayBecome(stage)) {
            return;
        }
        event(EventKind.STAGE, row.stage().name(), stage.name(), null);
        row = row.withStage(stage, now);
    }

    private void event(EventKind kind, @Nullable String from, @Nullable String to, @Nullable String detail) {
        events.add(EventDraft.ofRow(before, kind, from, to, detail));
        mustWrite = true;
    }
}
