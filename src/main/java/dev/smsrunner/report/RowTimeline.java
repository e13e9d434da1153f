package dev.smsrunner.report;

import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Event;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Intent;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The way of one row through the stages, as its events tell it.
 *
 * @param stretches in order, without the time after the row was closed; empty when it never was in the ledger for a moment
 * @param lastError the latest error of the row, also one that a restart has overcome; null when there was none
 */
record RowTimeline(List<StageInterval> stretches, @Nullable String lastError) {

    private static final String AND_AGAIN = "; restart ";

    /** Of a row, its events and its calls, each in order; what is still open goes on until {@code until}. */
    static RowTimeline of(LedgerRow row, List<Event> events, List<Intent> calls, Instant until) {
        return new RowTimeline(stretches(row, events, until), lastError(row, events, calls));
    }

    private static List<StageInterval> stretches(LedgerRow row, List<Event> events, Instant until) {
        var stretches = new ArrayList<StageInterval>();
        var stage = Stage.PLANNED;
        var from = row.milestones().queuedAt();
        for (var event : events) {
            if (from == null || event.kind() != EventKind.STAGE || Objects.equals(event.before(), event.after())) {
                continue;
            }
            add(stretches, stage, from, event.at());
            stage = Stage.valueOf(Objects.requireNonNull(event.after()));
            from = event.at();
        }
        if (from != null && stage != Stage.CLOSED) {
            var finished = row.milestones().finishedAt();
            add(stretches, stage, from, finished == null ? until : finished);
        }
        return List.copyOf(stretches);
    }

    private static void add(List<StageInterval> stretches, Stage stage, Instant from, Instant to) {
        if (stage != Stage.CLOSED && to.isAfter(from)) {
            stretches.add(new StageInterval(stage, from, to));
        }
    }

    private static @Nullable String lastError(LedgerRow row, List<Event> events, List<Intent> calls) {
        if (row.failure() != null) {
            return row.failure().text();
        }
        var restart = last(events, event -> error(event) != null);
        var refusal = last(calls, call -> error(call) != null);
        if (restart == null || (refusal != null && answered(refusal).isAfter(restart.at()))) {
            return refusal == null ? null : error(refusal);
        }
        return error(restart);
    }

    private static <T> @Nullable T last(List<T> all, java.util.function.Predicate<T> wanted) {
        for (int at = all.size() - 1; at >= 0; at--) {
            if (wanted.test(all.get(at))) {
                return all.get(at);
            }
        }
        return null;
    }

    /** A stage that a row stays at, with words: it failed there and is tried again. */
    private static @Nullable String error(Event event) {
        var words = event.detail();
        if (event.kind() != EventKind.STAGE || words == null || !Objects.equals(event.before(), event.after())) {
            return null;
        }
        int end = words.indexOf(AND_AGAIN);
        return end < 0 ? null : words.substring(0, end);
    }

    private static @Nullable String error(Intent call) {
        if (call.state() != CallState.REFUSED) {
            return null;
        }
        var code = call.errorCode();
        var words = call.detail() == null ? "refused" : call.detail();
        return code == null || words.contains(code) ? words : code + ": " + words;
    }

    private static Instant answered(Intent call) {
        return call.answeredAt() == null ? call.intendedAt() : call.answeredAt();
    }
}
