package dev.smsrunner.intent;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.sms.ErrorCatalogue;
import dev.smsrunner.support.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Maps a failed call to its effect on the row: retry later, needs attention, or failed. Counts the refused, unsent and lost
 * calls of each row. Each stage has its own policy. Not thread-safe.
 */
public final class CallFailurePolicy {

    /** Maximum number of transient refusals of a row before a refusal is final; hours, as the delays grow. */
    private static final int MAX_TRANSIENT_REFUSALS = 40;

    /** Maximum number of refusals with an error code that no table contains. */
    private static final int MAX_UNEXPLAINED_REFUSALS = 8;

    /** Longest delay after a refusal. */
    private static final Duration MAX_DELAY = Duration.ofMinutes(15);

    /** Starts short, since an unsent call costs the service nothing. */
    private static final Backoff UNSENT_BACKOFF = Backoff.exact(Duration.ofSeconds(5), Duration.ofSeconds(60));

    /** Number of consecutive unsent calls after which the row needs attention. */
    private static final int UNSENT_BEFORE_ATTENTION = 5;

    /** Maximum number of calls of a row whose answer is lost each time without being executed. */
    private static final int MAX_LOST = 8;

    private final Backoff backoff;
    private final @Nullable Duration awayLimit;
    private final Map<Integer, Integer> refusals;
    private final Map<Integer, UnsentSeries> unsent = new HashMap<>();
    private final Map<Integer, Set<Integer>> lost = new HashMap<>();

    /**
     * Delays after refusals and before restarts.
     *
     * @param first delay after the first one
     */
    public static Backoff backoff(Duration first, RandomGenerator random) {
        return Backoff.withQuarterJitter(first, MAX_DELAY, random);
    }

    /** Policy of a new run. Unsent calls are retried indefinitely. */
    public CallFailurePolicy(Backoff backoff) {
        this(backoff, Map.of(), null);
    }

    /**
     * Policy of a run that an earlier process may have started.
     *
     * @param refusedBefore number of refused calls by row number
     * @param awayLimit time after which a row with unsent calls fails; null means never
     */
    public CallFailurePolicy(Backoff backoff, Map<Integer, Integer> refusedBefore, @Nullable Duration awayLimit) {
        this.backoff = backoff;
        this.refusals = new HashMap<>(refusedBefore);
        this.awayLimit = awayLimit;
    }

    /**
     * Counts a refusal, also one that the stage judges by itself.
     *
     * @return number of refusals of the row
     */
    public int countRefusal(LedgerRow row) {
        unsent.remove(row.row());
        return refusals.merge(row.row(), 1, Integer::sum);
    }

    /**
     * Counts the call of the row if its answer is lost and it was not executed. Counts each attempt once; other processes do
     * not count.
     *
     * @return failure of a row with too many such calls; empty otherwise
     */
    public Optional<Failure> countLost(LedgerRow row) {
        var call = row.call();
        if (call == null || call.state() != CallState.ABSENT) {
            return Optional.empty();
        }
        var attempts = lost.computeIfAbsent(row.row(), number -> new HashSet<>());
        attempts.add(call.attempt());
        return attempts.size() < MAX_LOST ? Optional.empty() : Optional.of(failureOfLost(row.failure()));
    }

    private static Failure failureOfLost(@Nullable Failure last) {
        var text = "given up after %d calls without a clear answer; none was executed%s"
                .formatted(MAX_LOST, last == null ? "" : "; last: " + last.text());
        return new Failure(
                last == null ? null : last.code(),
                text,
                "TRANSIENT",
                "Rerun when the service answers again.",
                last == null ? null : last.requestId());
    }

    /** Resets the counters of a row after an operator's retry. */
    public void forget(int row) {
        refusals.remove(row);
        unsent.remove(row);
        lost.remove(row);
    }

    /** Effect of an unsuccessful result on the row. */
    public MutatingCall.RowEffect effectOf(LedgerRow row, CallResult result, Instant now) {
        return switch (result.state()) {
            case NOT_SENT -> effectOfUnsent(row, result, now);
            case UNKNOWN, OPEN -> MutatingCall.RowEffect.of(row);
            default -> effectOfRefused(row, result, now);
        };
    }

    /** A call that the runner itself withheld, for a stop or a database outage, has no limit: it ends with its cause. */
    private MutatingCall.RowEffect effectOfUnsent(LedgerRow row, CallResult result, Instant now) {
        var series = countUnsent(row, now);
        var text = "not sent: " + result.text();
        if (result.failure() != null && series.hasLasted(awayLimit, now)) {
            return giveUp(row, failureOf(result), now);
        }
        var later = postpone(row, now.plus(UNSENT_BACKOFF.delay(series.times())), text);
        return result.failure() == null || series.times() != UNSENT_BEFORE_ATTENTION
                ? later
                : withAttention(later.row(), text);
    }

    private UnsentSeries countUnsent(LedgerRow row, Instant now) {
        int attempt = row.call() == null ? 1 : row.call().attempt();
        return unsent.merge(row.row(), new UnsentSeries(attempt, 1, now), UnsentSeries::followedBy);
    }

    private static MutatingCall.RowEffect withAttention(LedgerRow row, String text) {
        var what = "%d calls were not sent: %s".formatted(UNSENT_BEFORE_ATTENTION, text);
        return new MutatingCall.RowEffect(
                row.withAttention(what),
                List.of(EventDraft.ofRow(row, EventKind.ATTENTION, row.attention(), what, null)));
    }

    /**
     * Effect of a refusal that the latest observation contradicts: the row is observed again before its next call. The row ends
     * after as many refusals as with an unknown error code.
     *
     * @param why reason of the delay, for the row
     */
    public MutatingCall.RowEffect effectOfDoubtful(LedgerRow row, CallResult result, String why, Instant now) {
        int times = countRefusal(row);
        return times < MAX_UNEXPLAINED_REFUSALS
                ? postpone(row, now.plus(backoff.delay(times)), why)
                : giveUp(row, failureOf(result), now);
    }

    private MutatingCall.RowEffect effectOfRefused(LedgerRow row, CallResult result, Instant now) {
        var failure = failureOf(result);
        int times = countRefusal(row);
        if (times < MAX_TRANSIENT_REFUSALS && isTransient(failure)
                || times < MAX_UNEXPLAINED_REFUSALS && isUnexplained(result)) {
            return postpone(
                    row.withFailure(failure), now.plus(backoff.delay(times)), "refused for now: " + failure.text());
        }
        return giveUp(row, failure, now);
    }

    private static boolean isTransient(Failure failure) {
        return failure.errorClass().equals("TRANSIENT") || failure.errorClass().equals("WAIT");
    }

    /** An unknown code may be a limit of the account, which can pass as servers finish. */
    private static boolean isUnexplained(CallResult result) {
        return result.failure() != null
                && !ErrorCatalogue.contains(result.failure().errorCode());
    }

    /** Ends the row as FAILED with the given cause. */
    public static MutatingCall.RowEffect giveUp(LedgerRow row, Failure failure, Instant now) {
        var closed = row.withFailure(failure).end(Outcome.FAILED, failure.text(), now);
        return new MutatingCall.RowEffect(closed, List.of(EventDraft.ofEnd(row, Outcome.FAILED, failure.text())));
    }

    /** Failure with the explanation of the error catalogue. */
    public static Failure failureOf(CallResult result) {
        ApiException failure = result.failure();
        if (failure == null) {
            return Failure.of(String.valueOf(result.text()), "OPERATOR", "Read the log of the run.");
        }
        var known = ErrorCatalogue.explain(failure.errorCode(), failure.httpStatus());
        return new Failure(
                failure.errorCode(),
                "%s refused: HTTP %d %s".formatted(failure.operation(), failure.httpStatus(), failure.errorMessage()),
                known.errorClass().name(),
                known.action(),
                failure.requestId());
    }

    private static MutatingCall.RowEffect postpone(LedgerRow row, Instant when, String why) {
        return MutatingCall.RowEffect.of(row.notBefore(when, why));
    }

    /**
     * Consecutive unsent calls of a row.
     *
     * @param attempt number of the latest call
     */
    private record UnsentSeries(int attempt, int times, Instant since) {

        /** This series with one more call; a new series when other calls were sent in between. */
        UnsentSeries followedBy(UnsentSeries next) {
            return next.attempt == attempt + 1 ? new UnsentSeries(next.attempt, times + 1, since) : next;
        }

        boolean hasLasted(@Nullable Duration limit, Instant now) {
            return limit != null && Duration.between(since, now).compareTo(limit) >= 0;
        }
    }
}
