package dev.smsrunner.intent;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.sms.ErrorCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What it means for a row that one of its calls was refused, was not sent, or has no clear answer. Remembers how often that was
 * so; each stage has its own.
 */
public final class CallFailurePolicy {

    /** So many calls of a row are refused before a refusal that passes by itself is final: hours, as the waits grow. */
    private static final int MOST_REFUSALS = 40;

    /** The same for a refusal that nobody can explain. */
    private static final int MOST_UNEXPLAINED = 8;

    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    /** From so many calls in a row that could not be sent a person should look at the row. */
    private static final int MANY_UNSENT = 5;

    private final Backoff backoff;
    private final RowCallAttempts tries;
    private final @Nullable Duration awayLimit;

    /** Waits as the backoff says between two tries; nothing was refused yet, and calls that cannot be sent are tried for ever. */
    public CallFailurePolicy(Backoff backoff) {
        this(backoff, Map.of(), null);
    }

    /**
     * The same for a run that may have begun earlier.
     *
     * @param refusedBefore refused calls by row number
     * @param awayLimit a row whose calls cannot be sent for so long is given up; null means never
     */
    public CallFailurePolicy(Backoff backoff, Map<Integer, Integer> refusedBefore, @Nullable Duration awayLimit) {
        this.backoff = backoff;
        this.tries = new RowCallAttempts(refusedBefore);
        this.awayLimit = awayLimit;
    }

    /** Takes down a refusal that the stage judges by itself: how many there are of the row now. */
    public int refused(LedgerRow row) {
        return tries.refused(row);
    }

    /** An operator wants the row to be tried again: its refusals so far do not count. */
    public void forget(int row) {
        tries.forget(row);
    }

    /** What the answer, which is not a success, means for the row. */
    public MutatingCall.Consequence meaning(LedgerRow row, CallResult answer, Instant now) {
        return switch (answer.state()) {
            case NOT_SENT -> notSent(row, answer, now);
            case UNKNOWN, OPEN -> new MutatingCall.Consequence(row, List.of());
            default -> refused(row, answer, now);
        };
    }

    /** What we held back ourselves, for a stop or a database that is away, ends with what held it back. */
    private MutatingCall.Consequence notSent(LedgerRow row, CallResult answer, Instant now) {
        var unsent = tries.unsent(row, now);
        var text = "not sent: " + answer.text();
        if (answer.failure() != null && unsent.lasted(awayLimit, now)) {
            return givenUp(row, failure(answer), now);
        }
        var later = later(row, now.plus(pause(unsent.times())), text);
        return answer.failure() == null || unsent.times() != MANY_UNSENT ? later : attention(later.row(), text);
    }

    private static MutatingCall.Consequence attention(LedgerRow row, String text) {
        var what = "%d calls were not sent: %s".formatted(MANY_UNSENT, text);
        return new MutatingCall.Consequence(
                row.withAttention(what),
                List.of(EventDraft.ofRow(row, EventKind.ATTENTION, row.attention(), what, null)));
    }

    /** Short at first, since it costs the service nothing. */
    private static Duration pause(int times) {
        var longer = SHORTEST_PAUSE.multipliedBy(1L << Math.min(4, times - 1));
        return longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }

    private MutatingCall.Consequence refused(LedgerRow row, CallResult answer, Instant now) {
        var failure = failure(answer);
        int calls = tries.refused(row);
        if (calls < MOST_REFUSALS && passing(failure) || calls < MOST_UNEXPLAINED && unexplained(answer)) {
            return later(
                    row.withFailure(failure), now.plus(backoff.delay(calls)), "refused for now: " + failure.text());
        }
        return givenUp(row, failure, now);
    }

    private static boolean passing(Failure failure) {
        return failure.errorClass().equals("TRANSIENT") || failure.errorClass().equals("WAIT");
    }

    /** A code that no table knows may be a limit of the account, which passes as servers finish, or may not. */
    private static boolean unexplained(CallResult answer) {
        return answer.failure() != null
                && !ErrorCatalogue.knows(answer.failure().errorCode());
    }

    /** Closes the row as failed, for the given cause. */
    public static MutatingCall.Consequence givenUp(LedgerRow row, Failure failure, Instant now) {
        var closed = row.withFailure(failure).closed(Outcome.FAILED, failure.text(), now);
        return new MutatingCall.Consequence(
                closed,
                List.of(EventDraft.ofRow(
                        row, EventKind.STAGE, row.stage().name(), "CLOSED", "FAILED: " + failure.text())));
    }

    /** The failure as the error catalogue explains it. */
    public static Failure failure(CallResult answer) {
        ApiException failure = answer.failure();
        if (failure == null) {
            return new Failure(null, String.valueOf(answer.text()), "OPERATOR", "Look at the log of the run.", null);
        }
        var known = ErrorCatalogue.explain(failure.errorCode(), failure.httpStatus());
        return new Failure(
                failure.errorCode(),
                "%s refused: HTTP %d %s".formatted(failure.operation(), failure.httpStatus(), failure.errorMessage()),
                known.errorClass().name(),
                known.action(),
                failure.requestId());
    }

    private static MutatingCall.Consequence later(LedgerRow row, Instant when, String why) {
        return new MutatingCall.Consequence(row.notBefore(when, why), List.of());
    }
}
