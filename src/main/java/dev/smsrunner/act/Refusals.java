package dev.smsrunner.act;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.Migration;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.sms.ErrorCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What it means for a row that one of its calls was refused, was not sent, or has no clear answer; pure. */
public final class Refusals {

    /** So many calls of a row are made before a refusal that passes by itself is final: hours, as the waits grow. */
    private static final int MOST_CALLS = 40;

    /** The same for a refusal that nobody can explain. */
    private static final int MOST_UNEXPLAINED = 8;

    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);

    private final Backoff backoff;

    /** Waits as the backoff says between two tries. */
    public Refusals(Backoff backoff) {
        this.backoff = backoff;
    }

    /** What the answer, which is not a success, means for the row. */
    public Change.Consequence meaning(Migration row, Answer answer, Instant now) {
        return switch (answer.state()) {
            case NOT_SENT -> later(row, now.plus(pause(row)), "not sent: " + answer.text());
            case UNKNOWN, OPEN -> new Change.Consequence(row, List.of());
            default -> refused(row, answer, now);
        };
    }

    /** Short at first, since it costs the service nothing. */
    private static Duration pause(Migration row) {
        int calls = row.call() == null ? 1 : row.call().attempt();
        var longer = SHORTEST_PAUSE.multipliedBy(1L << Math.min(4, Math.max(0, calls - 1)));
        return longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }

    private Change.Consequence refused(Migration row, Answer answer, Instant now) {
        var failure = failure(answer);
        int calls = row.call() == null ? 1 : row.call().attempt();
        if (calls < MOST_CALLS && passing(failure) || calls < MOST_UNEXPLAINED && unexplained(answer)) {
            return later(
                    row.withFailure(failure), now.plus(backoff.delay(calls)), "refused for now: " + failure.text());
        }
        return givenUp(row, failure, now);
    }

    private static boolean passing(Failure failure) {
        return failure.errorClass().equals("TRANSIENT") || failure.errorClass().equals("WAIT");
    }

    /** A code that no table knows may be a limit of the account, which passes as servers finish, or may not. */
    private static boolean unexplained(Answer answer) {
        return answer.failure() != null
                && !ErrorCatalogue.knows(answer.failure().errorCode());
    }

    /** Closes the row as failed, for the given cause. */
    public static Change.Consequence givenUp(Migration row, Failure failure, Instant now) {
        var closed = row.withFailure(failure).closed(Outcome.FAILED, failure.text(), now);
        return new Change.Consequence(
                closed,
                List.of(EventDraft.ofRow(
                        row, EventKind.STAGE, row.stage().name(), "CLOSED", "FAILED: " + failure.text())));
    }

    /** The failure as the error catalogue explains it. */
    public static Failure failure(Answer answer) {
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

    private static Change.Consequence later(Migration row, Instant when, String why) {
        return new Change.Consequence(row.notBefore(when, why), List.of());
    }
}
