package dev.smsrunner.intent;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.ledger.CallState;
import java.util.Collections;
import java.util.List;

/**
 * Changes of several rows that one call carries out. Each row has its own intent, committed before the call, and its own
 * answer, committed after it.
 *
 * @param changes in the order in which the call names them
 * @param remote the one call
 */
public record Batch(List<MutatingCall> changes, Remote remote) {

    /** The one call. */
    @FunctionalInterface
    public interface Remote {
        /**
         * Makes the call.
         *
         * @return what came back for each of the changes, in their order
         * @throws ApiException when it did not succeed, for none of them
         */
        List<CallResult> send();
    }

    /** A change with a call of its own. */
    static Batch of(MutatingCall change) {
        return new Batch(List.of(change), () -> List.of(CallResult.to(change.remote())));
    }

    /** Makes the call; what fails as a whole failed for each. */
    List<CallResult> answers() {
        try {
            var answers = remote.send();
            return answers.size() == changes.size() ? answers : all(unclear(answers.size()));
        } catch (RuntimeException ex) {
            return all(CallResult.to(() -> {
                throw ex;
            }));
        } catch (Error ex) { // whoever waits for the answers must get them
            return all(new CallResult(CallState.UNKNOWN, null, null, "internal error: " + ex));
        }
    }

    private CallResult unclear(int answers) {
        return new CallResult(
                CallState.UNKNOWN,
                null,
                null,
                "internal error: %d answers for %d rows".formatted(answers, changes.size()));
    }

    private List<CallResult> all(CallResult answer) {
        return Collections.nCopies(changes.size(), answer);
    }
}
