package dev.smsrunner.reconcile;

import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import org.jspecify.annotations.Nullable;

/** Next step for one row. */
public sealed interface Decision {

    /**
     * Observe again.
     *
     * @param stage stage of the row according to the observation
     * @param attention cause for an operator's attention, null when all is as expected
     */
    record Wait(Stage stage, @Nullable String attention) implements Decision {}

    /** Step that needs a call. */
    sealed interface Act extends Decision {

        /** New stage of the row according to the observation; null when the stage has not changed. */
        default @Nullable Stage reachedStage() {
            return null;
        }

        /** Whether it starts a row that is not under way; such rows wait while the run is paused. */
        default boolean startsRow() {
            return false;
        }
    }

    /** Create, update or adopt the row's task. */
    record EnsureTask() implements Act {}

    /** Record the observed task as the row's own. */
    record Adopt(String taskId) implements Act {}

    /** Start the row's task, in its turn. */
    record Start() implements Act {

        @Override
        public boolean startsRow() {
            return true;
        }
    }

    /** Launch the row's target. */
    record Launch() implements Act {

        @Override
        public Stage reachedStage() {
            return Stage.SYNCING;
        }
    }

    /** Send the call of the job. */
    record Send() implements Act {

        @Override
        public boolean startsRow() {
            return true;
        }
    }

    /** Read the cause of a failure from the task, then decide again. */
    record Inspect() implements Decision {}

    /** Query the service for the single task or source before it counts as gone, then decide again. */
    record Confirm() implements Decision {}

    /** Restart the failed task after a delay. */
    record RestartLater(Failure failure) implements Decision {}

    /**
     * End the row.
     *
     * @param failure cause of a failed row, null otherwise
     * @param attention cause for an operator's attention although the row ended, null when there is none
     */
    record Finish(
            Outcome outcome,
            @Nullable String reason,
            @Nullable Failure failure,
            @Nullable String attention) implements Decision {

        /** End of a failed row. */
        public static Finish failed(Failure failure) {
            return of(Outcome.FAILED, failure);
        }

        /** End for the reason that the failure states. */
        public static Finish of(Outcome outcome, Failure failure) {
            return new Finish(outcome, failure.text(), failure);
        }

        /** End without attention. */
        public Finish(Outcome outcome, @Nullable String reason, @Nullable Failure failure) {
            this(outcome, reason, failure, null);
        }
    }
}
