package dev.smsrunner.database;

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

/** How long a database that is away is waited for, and how. */
public final class DatabaseRetry {

    private static final Logger log = LoggerFactory.getLogger(DatabaseRetry.class);
    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration WHEN_HALTED = Duration.ofSeconds(10);

    /** PostgreSQL ended the session, which had been idle inside a transaction for too long: this process was suspended. */
    private static final String SLEPT = "25P03";

    private final Duration limit;
    private final LongSupplier nanos;
    private final Pause pause;
    private final BooleanSupplier halted;

    /** A pause that can be told from real time in tests. */
    @FunctionalInterface
    public interface Pause {
        /** Waits that long. */
        void forAbout(Duration time) throws InterruptedException;
    }

    /** Waits up to {@code limit}, measured with the monotonic clock {@code nanos}. */
    public DatabaseRetry(Duration limit, LongSupplier nanos, Pause pause) {
        this(limit, nanos, pause, () -> false);
    }

    private DatabaseRetry(Duration limit, LongSupplier nanos, Pause pause, BooleanSupplier halted) {
        this.limit = limit;
        this.nanos = nanos;
        this.pause = pause;
        this.halted = halted;
    }

    /** Waits up to {@code limit} of real time. */
    public static DatabaseRetry upTo(Duration limit) {
        return upTo(limit, () -> false);
    }

    /** The same, but only for some seconds once somebody wants the run to end. */
    public static DatabaseRetry upTo(Duration limit, BooleanSupplier halted) {
        return new DatabaseRetry(limit, System::nanoTime, time -> Thread.sleep(time.toMillis()), halted);
    }

    /** Does the work, again and again while the database is away. */
    public void ride(Runnable work) {
        ride(() -> {
            work.run();
            return true;
        });
    }

    /**
     * Does the work, again and again while the database is away.
     *
     * @throws DatabaseAwayException when it was away for longer than the limit
     */
    public <T> T ride(Supplier<T> work) {
        long since = nanos.getAsLong();
        for (boolean told = false; ; told = true) {
            try {
                return work.get();
            } catch (DataAccessException | TransactionException ex) {
                if (!passing(ex)) {
                    throw ex;
                }
                waitOrGiveUp(ex, since, told);
            }
        }
    }

    /** Whether the failure says that the database is away, not that the statement is wrong. */
    public static boolean passing(RuntimeException failure) {
        return failure instanceof TransientDataAccessException
                || failure instanceof RecoverableDataAccessException
                || failure instanceof DataAccessResourceFailureException
                || failure instanceof TransactionException
                || failure instanceof UncategorizedSQLException slept
                        && SLEPT.equals(slept.getSQLException().getSQLState());
    }

    private void waitOrGiveUp(RuntimeException away, long since, boolean told) {
        var gone = Duration.ofNanos(nanos.getAsLong() - since);
        boolean hurry = halted.getAsBoolean() && gone.compareTo(WHEN_HALTED) >= 0;
        if (hurry || gone.compareTo(limit) >= 0) {
            throw new DatabaseAwayException(gone, away);
        }
        if (!told) {
            log.warn("The database is away, nothing is changed in the cloud until it is back: {}", away.getMessage());
        }
        try {
            pause.forAbout(PAUSE);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            throw new DatabaseAwayException(gone, away);
        }
    }
}
