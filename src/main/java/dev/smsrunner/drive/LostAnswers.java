package dev.smsrunner.drive;

import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.Migration;
import dev.smsrunner.ledger.Outcome;
import java.util.Objects;

/** A change whose answer is lost each time is not sent for ever; pure. */
public final class LostAnswers {

    /** So many calls of a row are made before an answer that is lost once more ends it. */
    static final int MOST_CALLS = 8;

    private LostAnswers() {}

    /** The decision, or the end of the row when its calls came to nothing often enough. */
    public static Decision bounded(Migration row, Decision decision) {
        var call = row.call();
        boolean enough = call != null && call.state() == CallState.ABSENT && call.attempt() >= MOST_CALLS;
        return enough && decision instanceof Decision.Send ? givenUp(row) : decision;
    }

    private static Decision givenUp(Migration row) {
        var last = row.failure();
        var text = "given up after %d calls: the service gave no clear answer, and none of them was carried out%s"
                .formatted(Objects.requireNonNull(row.call()).attempt(), last == null ? "" : "; last: " + last.text());
        return new Decision.Close(
                Outcome.FAILED,
                text,
                new Failure(
                        last == null ? null : last.code(),
                        text,
                        "TRANSIENT",
                        "Rerun when the service answers again.",
                        last == null ? null : last.requestId()));
    }
}
