package dev.smsrunner.cloud;

/** Asked right before a write goes out, after every wait: the last moment at which the run may find that it must not act. */
@FunctionalInterface
public interface MutationGate {

    /** Lets everything pass. */
    MutationGate OPEN = operation -> {};

    /**
     * Returns normally to let the write go.
     *
     * @param operation name of the API operation, for example {@code CreateTask}
     * @throws RuntimeException when the write must not be sent; it reaches the caller unchanged and nothing is sent
     */
    void check(String operation);

    /** Whether the write of this thread has waited for so long that it need not wait any more; never by default. */
    default boolean tooLate() {
        return false;
    }

    /** Tells the calls, reads too, when they must come to an end; never told by default. */
    default CallCancellation end() {
        return new CallCancellation();
    }
}
