package dev.smsrunner.ledger;

import io.soabase.recordbuilder.core.RecordBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Latest or final failure of a row.
 *
 * @param code error code of the service, null when it gave none
 * @param text error text of the service, or of the runner when the service gave none
 * @param errorClass class of the error catalogue
 * @param recommendedAction remedy for the operator
 * @param requestId request id of the response, null when there is none
 */
@RecordBuilder
public record Failure(
        @Nullable String code,
        String text,
        String errorClass,
        String recommendedAction,
        @Nullable String requestId) {

    /** Failure that the service gave no code for. */
    public static Failure of(String text, String errorClass, String recommendedAction) {
        return new Failure(null, text, errorClass, recommendedAction, null);
    }

    /** The same failure with another text. */
    public Failure withText(String other) {
        return FailureBuilder.builder(this).text(other).build();
    }
}
