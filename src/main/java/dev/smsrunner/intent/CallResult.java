package dev.smsrunner.intent;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallsEndedException;
import dev.smsrunner.ledger.CallState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Result of a mutating call.
 *
 * @param state outcome of the call, as far as it is known
 * @param result value that the service returned, for example the id of a new task; null when it returned none or failed
 * @param failure error of the service or the network; null after success or when the call was withheld
 * @param text message for the operator; null after plain success
 */
public record CallResult(
        CallState state,
        @Nullable String result,
        @Nullable ApiException failure,
        @Nullable String text) {

    static CallResult of(MutatingCall.RemoteCall call, Instant deadline) {
        try {
            return new CallResult(CallState.DONE, call.send(deadline), null, null);
        } catch (ApiException ex) {
            return new CallResult(stateAfter(ex), null, ex, ex.getMessage());
        } catch (CallWithheldException ex) {
            return new CallResult(CallState.NOT_SENT, null, null, ex.getMessage());
        } catch (CallsEndedException ex) { // an earlier request of the call may have changed something
            return new CallResult(CallState.UNKNOWN, null, null, ex.getMessage());
        } catch (RuntimeException | Error ex) { // the batch loop waits for the result
            return new CallResult(CallState.UNKNOWN, null, null, "internal error: " + ex);
        }
    }

    private static CallState stateAfter(ApiException failure) {
        return switch (failure.kind()) {
            case REFUSED -> CallState.REFUSED;
            case UNKNOWN -> CallState.UNKNOWN;
            case NOT_SENT, THROTTLED, DENIED -> CallState.NOT_SENT;
        };
    }
}
