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
 * Timeline of one row through the stages, from its events.
 *
 * @param intervals intervals in order, without the time after the end; empty if all intervals have length zero
 * @param lastError latest error of the row, including one resolved by a restart; null for none
 */
record RowTimeline(List<StageInterval> intervals, @Nullable String lastError) {

    /**
     * Uninterrupted time of a row at a stage.
     *
     * @param to end of the interval, or the latest instant in the ledger
     */
    record StageInterval(Stage stage, Instant from, Instant to) {}

    private static final String RESTART_SUFFIX = "; restart ";

    /** Builds the timeline from events and calls in order; an open interval ends at {@code until}. */
    static RowTimeline of(LedgerRow row, List<Event> events, List<Intent> calls, Instant until) {
        return new RowTimeline(intervals(row, events, until), lastError(row, events, calls));
    }

    private static List<StageInterval> intervals(LedgerRow row, List<Event> events, Instant until) {
        var intervals = new ArrayList<StageInterval>();
        var stage = Stage.PLANNED;
        var from = row.milestones().queuedAt();
        for (var event : events) {
            if (from == null || event.kind() != EventKind.STAGE || Objects.equals(event.before(), event.after())) {
                continue;
            }
            add(intervals, stage, from, event.at());
            stage = Stage.valueOf(Objects.requireNonNull(event.after()));
            from = event.at();
        }
        if (from != null && stage != Stage.CLOSED) {
            var finished = row.milestones().finishedAt();
            add(intervals, stage, from, finished == null ? until : finished);
        }
        return List.copyOf(intervals);
    }

    private static void add(List<StageInterval> intervals, Stage stage, Instant from, Instant to) {
        if (stage != Stage.CLOSED && to.isAfter(from)) {
            intervals.add(new StageInterval(stage, from, to));
        }
    }

    private static @Nullable String lastError(LedgerRow row, List<Event> events, List<Intent> calls) {
        if (row.failure() != null) {
            return row.failure().text();
        }
        var restart = last(events, event -> error(event) != null);
        var refusal = last(calls, call -> error(call) != null);
        if (restart == null || (refusal != null && answeredAt(refusal).isAfter(restart.at()))) {
            return refusal == null ? null : error(refusal);
        }
        return error(restart);
    }

    private static <T> @Nullable T last(List<T> all, java.util.function.Predicate<T> condition) {
        for (int at = all.size() - 1; at >= 0; at--) {
            if (condition.test(all.get(at))) {
                return all.get(at);
            }
        }
        return null;
    }

    /** The error in a STAGE event without a change of stage: the row failed there and is restarted. */
    private static @Nullable String error(Event event) {
        var detail = event.detail();
        if (event.kind() != EventKind.STAGE || detail == null || !Objects.equals(event.before(), event.after())) {
            return null;
        }
        int end = detail.indexOf(RESTART_SUFFIX);
        return end < 0 ? null : detail.substring(0, end);
    }

    private static @Nullable String error(Intent call) {
        if (call.state() != CallState.REFUSED) {
            return null;
        }
        var code = call.errorCode();
        var text = call.detail() == null ? "refused" : call.detail();
        return code == null || text.contains(code) ? text : code + ": " + text;
    }

    private static Instant answeredAt(Intent call) {
        return call.answeredAt() == null ? call.intendedAt() : call.answeredAt();
    }
}
