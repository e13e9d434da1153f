package dev.smsrunner.intent;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallsEndedException;
import dev.smsrunner.ledger.CallState;
import org.jspecify.annotations.Nullable;

/**
 * What came back from a mutating call.
 *
 * @param state what is known of the call
 * @param result what the service gave back, for example the id of a new task; null when it gave nothing or failed
 * @param failure what the service or the network said against it, null when it succeeded or was held back
 * @param text what a person should know of it, null when it was plain success
 */
public record CallResult(
        CallState state,
        @Nullable String result,
        @Nullable ApiException failure,
        @Nullable String text) {

    static CallResult to(MutatingCall.Remote call) {
        try {
            return new CallResult(CallState.DONE, call.send(), null, null);
        } catch (ApiException failure) {
            return new CallResult(stateAfter(failure), null, failure, failure.getMessage());
        } catch (CallWithheldException heldBack) {
            return new CallResult(CallState.NOT_SENT, null, null, heldBack.getMessage());
        } catch (CallsEndedException halted) { // it may have changed something before it read
            return new CallResult(CallState.UNKNOWN, null, null, halted.getMessage());
        } catch (RuntimeException | Error unexpected) { // whoever waits for the answer must get one
            return new CallResult(CallState.UNKNOWN, null, null, "internal error: " + unexpected);
        }
    }

    private static CallState stateAfter(ApiException failure) {
        return switch (failure.verdict()) {
            case REFUSED -> CallState.REFUSED;
            case UNKNOWN -> CallState.UNKNOWN;
            case NOT_SENT, THROTTLED, DENIED -> CallState.NOT_SENT;
        };
    }
}
