package dev.smsrunner.run;

import dev.smsrunner.act.Halt;
import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.drive.ServiceAwayException;
import dev.smsrunner.ledger.DatabaseAwayException;
import dev.smsrunner.ledger.Outage;
import dev.smsrunner.ledger.OwnershipLostException;
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
record Conclusion(Ending ending, @Nullable String message) {

    static Conclusion of(String runId, Halt halt, Optional<Throwable> failure) {
        return of(ending(halt, failure), runId, failure);
    }

    /**
     * The end could not be written down: what that means for the run.
     *
     * @throws RuntimeException the failure, when neither a lost database nor a new owner is behind it
     */
    Conclusion unwritten(String runId, RuntimeException failure) {
        if (failure instanceof OwnershipLostException) {
            return new Conclusion(Ending.TAKEN_OVER, failure.getMessage());
        }
        if (failure instanceof DatabaseAwayException away) {
            return withoutDatabase(runId, away);
        }
        if (failure instanceof DataAccessException || failure instanceof TransactionException) {
            return withoutDatabase(runId, new DatabaseAwayException(Duration.ZERO, failure));
        }
        throw failure;
    }

    private Conclusion withoutDatabase(String runId, DatabaseAwayException away) {
        return new Conclusion(
                ending == Ending.FINISHED ? Ending.UNREACHABLE : ending,
                of(Ending.UNREACHABLE, runId, Optional.of(away)).message());
    }

    /** Whether no process needs to go on with the run. */
    boolean isFinal() {
        return ending == Ending.FINISHED || ending == Ending.REJECTED;
    }

    private static Conclusion of(Ending ending, String runId, Optional<Throwable> failure) {
        var why = failure.map(Throwable::getMessage).orElse("");
        return new Conclusion(ending, message(ending, runId, why));
    }

    private static Ending ending(Halt halt, Optional<Throwable> failure) {
        if (failure.isPresent() && failure.get() instanceof OwnershipLostException
                || halt.reason() == Halt.Reason.OWNERSHIP_LOST) {
            return Ending.TAKEN_OVER;
        }
        if (failure.isPresent() && failure.get() instanceof RowsRejectedException) {
            return Ending.REJECTED;
        }
        if (halt.reason() == Halt.Reason.STOPPED) {
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
                || failure instanceof RuntimeException passing && Outage.passing(passing);
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
