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
        } catch (ApiException ex) {
            return new CallResult(stateAfter(ex), null, ex, ex.getMessage());
        } catch (CallWithheldException ex) {
            return new CallResult(CallState.NOT_SENT, null, null, ex.getMessage());
        } catch (CallsEndedException ex) { // it may have changed something before it read
            return new CallResult(CallState.UNKNOWN, null, null, ex.getMessage());
        } catch (RuntimeException | Error ex) { // whoever waits for the answer must get one
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
