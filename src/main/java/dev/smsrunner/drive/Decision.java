package dev.smsrunner.drive;

import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import org.jspecify.annotations.Nullable;

/** What is to be done for one row now. */
public sealed interface Decision {

    /**
     * Nothing but look again.
     *
     * @param stage where the row is, as far as was seen
     * @param attention what a person should look at, null when all is as expected
     */
    record Look(Stage stage, @Nullable String attention) implements Decision {}

    /** See to its task: create, update or adopt it. */
    record Prepare() implements Decision {}

    /** The task that was seen is its own. */
    record Adopt(String taskId) implements Decision {}

    /** Start its task, when it is its turn. */
    record Start() implements Decision {}

    /** Launch its target. */
    record Launch() implements Decision {}

    /** Ask the task why it failed, and decide again. */
    record Inspect() implements Decision {}

    /** Ask the service directly whether its task or source is really gone, and decide again. */
    record Confirm() implements Decision {}

    /** It failed and is started again after a while. */
    record RestartLater(Failure failure) implements Decision {}

    /**
     * It ended.
     *
     * @param failure why it failed, null unless it did
     */
    record Close(
            Outcome outcome,
            @Nullable String reason,
            @Nullable Failure failure) implements Decision {}
}
