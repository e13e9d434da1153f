package dev.smsrunner.cloud;

/** Final check before a write is sent, after every wait. */
@FunctionalInterface
public interface MutationGate {

    /** Gate that accepts every write. */
    MutationGate OPEN = request -> {};

    /**
     * Returns normally when the write may be sent.
     *
     * @throws RuntimeException when the write must not be sent; it reaches the caller unchanged
     */
    void check(CloudRequest request);

    /** Whether the write has passed its deadline and need not wait any longer; never by default. */
    default boolean isExpired(CloudRequest request) {
        return false;
    }

    /** Cancellation for all calls, including reads; never triggered by default. */
    default CallCancellation cancellation() {
        return new CallCancellation();
    }
}
