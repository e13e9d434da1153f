package dev.smsrunner.run;

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
 * What the end of the steps means for the run.
 *
 * @param message what a person reads of it, null when every row is closed
 */
record RunCompletion(Ending ending, @Nullable String message) {

    static RunCompletion of(String runId, StopSignal halt, Optional<Throwable> failure) {
        return of(ending(halt, failure), runId, failure);
    }

    /**
     * The end could not be written down: what that means for the run.
     *
     * @throws RuntimeException the failure, when neither a lost database nor a new owner is behind it
     */
    RunCompletion unwritten(String runId, RuntimeException failure) {
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

    /** Whether no process needs to go on with the run. */
    boolean isFinal() {
        return ending == Ending.FINISHED || ending == Ending.REJECTED;
    }

    private static RunCompletion of(Ending ending, String runId, Optional<Throwable> failure) {
        var why = failure.map(Throwable::getMessage).orElse("");
        return new RunCompletion(ending, message(ending, runId, why));
    }

    private static Ending ending(StopSignal halt, Optional<Throwable> failure) {
        if (failure.isPresent() && failure.get() instanceof OwnershipLostException
                || halt.reason() == StopSignal.Reason.OWNERSHIP_LOST) {
            return Ending.TAKEN_OVER;
        }
        if (failure.isPresent() && failure.get() instanceof RowsRejectedException) {
            return Ending.REJECTED;
        }
        if (halt.reason() == StopSignal.Reason.STOPPED) {
            return Ending.STOPPED;
        }
        if (failure.isEmpty()) {
            return Ending.FINISHED;
        }
        return unreachable(failure.get()) ? Ending.UNREACHABLE : Ending.BROKEN;
    }

    private static boolean unreachable(Throwable failure) {
        return failure instanceof ApiException
                || failure instanceof ServiceAwayException
                || failure instanceof DatabaseAwayException
                || failure instanceof UnwritableDataException
                || failure instanceof RuntimeException passing && DatabaseRetry.passing(passing);
    }

    private static @Nullable String message(Ending ending, String runId, String why) {
        return switch (ending) {
            case FINISHED -> null;
            case STOPPED -> "Stopped. The work in the cloud goes on; 'resume %s' continues the run.".formatted(runId);
            case TAKEN_OVER ->
                "Another process works on run %s now; this one ended without changing anything more.".formatted(runId);
            case UNREACHABLE -> why + " 'resume %s' continues the run.".formatted(runId);
            case REJECTED -> why;
            case BROKEN ->
                "Internal error: %s. The log of the run tells more; 'resume %s' continues it.".formatted(why, runId);
        };
    }
}
