package dev.smsrunner.database;

import dev.smsrunner.support.Sleeper;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.TransactionException;

/** Waits for an unreachable database and retries. */
public final class DatabaseRetry {

    private static final Logger log = LoggerFactory.getLogger(DatabaseRetry.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration LIMIT_WHEN_STOPPING = Duration.ofSeconds(10);

    /** PostgreSQL ended the session, which had been idle in a transaction for too long: this process was suspended. */
    private static final String IDLE_IN_TRANSACTION_TIMEOUT = "25P03";

    private final Duration limit;
    private final LongSupplier nanos;
    private final Sleeper sleeper;
    private final BooleanSupplier stopRequested;

    /** Waits up to {@code limit}, measured with the monotonic clock {@code nanos}. */
    public DatabaseRetry(Duration limit, LongSupplier nanos, Sleeper sleeper) {
        this(limit, nanos, sleeper, () -> false);
    }

    private DatabaseRetry(Duration limit, LongSupplier nanos, Sleeper sleeper, BooleanSupplier stopRequested) {
        this.limit = limit;
        this.nanos = nanos;
        this.sleeper = sleeper;
        this.stopRequested = stopRequested;
    }

    /** Waits up to {@code limit} of real time. */
    public static DatabaseRetry upTo(Duration limit) {
        return upTo(limit, () -> false);
    }

    /** Waits up to {@code limit} of real time, but only some seconds once the run is requested to stop. */
    public static DatabaseRetry upTo(Duration limit, BooleanSupplier stopRequested) {
        return new DatabaseRetry(limit, System::nanoTime, Sleeper.REAL, stopRequested);
    }

    /** Runs the work and retries while the database is unreachable. */
    public void execute(Runnable work) {
        execute(() -> {
            work.run();
            return true;
        });
    }

    /**
     * Runs the work and retries while the database is unreachable.
     *
     * @throws DatabaseAwayException when it was unreachable for longer than the limit
     */
    public <T> T execute(Supplier<T> work) {
        long since = nanos.getAsLong();
        for (boolean logged = false; ; logged = true) {
            try {
                return work.get();
            } catch (DataAccessException | TransactionException ex) {
                if (!isTransient(ex)) {
                    throw ex;
                }
                waitOrGiveUp(ex, since, logged);
            }
        }
    }

    /** Whether the failure shows an unreachable database, not a wrong statement. */
    public static boolean isTransient(RuntimeException failure) {
        return failure instanceof TransientDataAccessException
                || failure instanceof RecoverableDataAccessException
                || failure instanceof DataAccessResourceFailureException
                || failure instanceof TransactionException
                || failure instanceof UncategorizedSQLException sqlFailure
                        && sqlFailure.getSQLException() != null
                        && IDLE_IN_TRANSACTION_TIMEOUT.equals(
                                sqlFailure.getSQLException().getSQLState());
    }

    private void waitOrGiveUp(RuntimeException failure, long since, boolean logged) {
        var elapsed = Duration.ofNanos(nanos.getAsLong() - since);
        boolean limitReached = stopRequested.getAsBoolean() && elapsed.compareTo(LIMIT_WHEN_STOPPING) >= 0;
        if (limitReached || elapsed.compareTo(limit) >= 0) {
            throw new DatabaseAwayException(elapsed, failure);
        }
        if (!logged) {
            log.warn(
                    "The database is unreachable. Nothing is changed in the cloud until it is back: {}",
                    failure.getMessage());
        }
        try {
            sleeper.sleep(PAUSE);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new DatabaseAwayException(elapsed, failure);
        }
    }
}
