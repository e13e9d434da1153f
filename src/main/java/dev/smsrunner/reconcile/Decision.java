package dev.smsrunner.reconcile;

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

    /** Something that takes a call. */
    sealed interface Wish extends Decision {

        /** The stage that the row has reached by what was seen, null when that is not a new one. */
        default @Nullable Stage shows() {
            return null;
        }

        /** Whether it sets a row going that is not under way; such ones wait while the run is paused. */
        default boolean begins() {
            return false;
        }
    }

    /** See to its task: create, update or adopt it. */
    record Prepare() implements Wish {}

    /** The task that was seen is its own. */
    record Adopt(String taskId) implements Wish {}

    /** Start its task, when it is its turn. */
    record Start() implements Wish {

        @Override
        public boolean begins() {
            return true;
        }
    }

    /** Launch its target. */
    record Launch() implements Wish {

        @Override
        public Stage shows() {
            return Stage.SYNCING;
        }
    }

    /** Send what the job is for. */
    record Send() implements Wish {

        @Override
        public boolean begins() {
            return true;
        }
    }

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
     * @param attention what a person should look at although it ended, null when there is nothing
     */
    record Close(
            Outcome outcome,
            @Nullable String reason,
            @Nullable Failure failure,
            @Nullable String attention) implements Decision {

        /** An end that needs no attention. */
        public Close(Outcome outcome, @Nullable String reason, @Nullable Failure failure) {
            this(outcome, reason, failure, null);
        }
    }
}
