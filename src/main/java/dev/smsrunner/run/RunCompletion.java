package dev.smsrunner.run;

import dev.smsrunner.batch.RowsRejectedException;
import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.database.DatabaseAwayException;
import dev.smsrunner.database.DatabaseRetry;
import dev.smsrunner.intent.StopSignal;
import dev.smsrunner.ledger.OwnershipLostException;
import dev.smsrunner.reconcile.ServiceAwayException;
import dev.smsrunner.run.RunResult.Ending;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Result of a run after its steps ended.
 *
 * @param message text for the operator, null when every row has ended
 */
record RunCompletion(Ending ending, @Nullable String message) {

    static RunCompletion of(String runId, StopSignal stopSignal, Optional<Throwable> failure) {
        return of(ending(stopSignal, failure), runId, failure);
    }

    /**
     * Completion of a run whose end could not be written to the ledger.
     *
     * @throws RuntimeException the failure, unless a lost database or a new owner caused it
     */
    RunCompletion afterWriteFailure(String runId, RuntimeException failure) {
        if (failure instanceof OwnershipLostException) {
            return new RunCompletion(Ending.TAKEN_OVER, failure.getMessage());
        }
        if (failure instanceof DatabaseAwayException away) {
            return withoutDatabase(runId, away);
        }
        if (failure instanceof DataAccessException || failure instanceof TransactionException) {
            return withoutDatabase(runId, new DatabaseAwayException(Duration.ZERO, failure));
        }
        throw failure;
    }

    private RunCompletion withoutDatabase(String runId, DatabaseAwayException away) {
        return new RunCompletion(
                ending == Ending.FINISHED ? Ending.UNREACHABLE : ending,
                of(Ending.UNREACHABLE, runId, Optional.of(away)).message());
    }

    /** Whether the run needs no resume. */
    boolean isFinal() {
        return ending == Ending.FINISHED || ending == Ending.REJECTED;
    }

    private static RunCompletion of(Ending ending, String runId, Optional<Throwable> failure) {
        var why = failure.map(Throwable::getMessage).orElse("");
        return new RunCompletion(ending, message(ending, runId, why));
    }

    private static Ending ending(StopSignal stopSignal, Optional<Throwable> failure) {
        if (failure.isPresent() && failure.get() instanceof OwnershipLostException
                || stopSignal.reason() == StopSignal.Reason.OWNERSHIP_LOST) {
            return Ending.TAKEN_OVER;
        }
        if (failure.isPresent() && failure.get() instanceof RowsRejectedException) {
            return Ending.REJECTED;
        }
        if (stopSignal.reason() == StopSignal.Reason.STOPPED) {
            return Ending.STOPPED;
        }
        if (failure.isEmpty()) {
            return Ending.FINISHED;
        }
        return isUnreachable(failure.get()) ? Ending.UNREACHABLE : Ending.BROKEN;
    }

    private static boolean isUnreachable(Throwable failure) {
        return failure instanceof ApiException
                || failure instanceof ServiceAwayException
                || failure instanceof DatabaseAwayException
                || failure instanceof UnwritableDataException
                || failure instanceof RuntimeException passing && DatabaseRetry.isTransient(passing);
    }

    private static @Nullable String message(Ending ending, String runId, String why) {
        return switch (ending) {
            case FINISHED, ENDED_ELSEWHERE, STOPPED_ELSEWHERE -> null; // a standby has no steps that end
            case STOPPED ->
                "Stopped. Migrations already running in the cloud continue. Use 'resume %s' to continue the run."
                        .formatted(runId);
            case TAKEN_OVER ->
                "Another process works on run %s now. This process ended without further changes.".formatted(runId);
            case UNREACHABLE -> why + " Use 'resume %s' to continue the run.".formatted(runId);
            case REJECTED -> why;
            case BROKEN ->
                "Internal error: %s. See the log of the run for details. Use 'resume %s' to continue the run."
                        .formatted(why, runId);
        };
    }
}
