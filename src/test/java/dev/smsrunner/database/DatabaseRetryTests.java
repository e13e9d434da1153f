package dev.smsrunner.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.OwnershipLostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Waiting for an unreachable database. */
class DatabaseRetryTests {

    private final List<Duration> pauses = new ArrayList<>();
    private long nanos;
    private final DatabaseRetry outage = new DatabaseRetry(Duration.ofSeconds(60), () -> nanos, time -> {
        pauses.add(time);
        nanos += time.toNanos();
    });

    @Test
    void successIsNotRepeated() {
        assertThat(outage.<String>execute(() -> "done")).isEqualTo("done");
        assertThat(pauses).isEmpty();
    }

    @Test
    void transientFailureIsRetried() {
        var tries = new int[1];

        outage.execute(() -> {
            if (++tries[0] <= 10) {
                throw new DataAccessResourceFailureException("connection refused");
            }
        });

        assertThat(tries[0]).isEqualTo(11);
        assertThat(pauses).hasSize(10).containsOnly(Duration.ofMillis(500));
    }

    @Test
    void retriesEndAtTheLimit() {
        assertThatThrownBy(() -> outage.execute((Runnable) DatabaseRetryTests::away))
                .isInstanceOf(DatabaseAwayException.class)
                .hasMessage(
                        "The database did not answer for 60 s (no connection). Migrations already running in the cloud continue."
                                + " Run the same command again when the database is back.")
                .hasRootCauseMessage("no connection");
        assertThat(pauses).hasSize(120);
    }

    @Test
    void wrongStatementIsNotRepeated() {
        assertThatThrownBy(() -> outage.execute(() -> {
                    throw new DataIntegrityViolationException("duplicate key");
                }))
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThat(pauses).isEmpty();
    }

    @Test
    void lostOwnershipIsNotRepeated() {
        assertThatThrownBy(() -> outage.execute(() -> {
                    throw new OwnershipLostException(new FencedRun("run", 1));
                }))
                .isInstanceOf(OwnershipLostException.class);
        assertThat(pauses).isEmpty();
    }

    @Test
    void interruptEndsTheWaitAndIsKept() {
        var interrupted = new DatabaseRetry(Duration.ofSeconds(60), () -> nanos, time -> {
            throw new InterruptedException();
        });

        assertThatThrownBy(() -> interrupted.execute((Runnable) DatabaseRetryTests::away))
                .isInstanceOf(DatabaseAwayException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void transientFailures() {
        assertThat(DatabaseRetry.isTransient(new CannotCreateTransactionException("no connection")))
                .isTrue();
        assertThat(DatabaseRetry.isTransient(new PessimisticLockingFailureException("deadlock")))
                .isTrue();
        assertThat(DatabaseRetry.isTransient(new DataIntegrityViolationException("duplicate key")))
                .isFalse();
        assertThat(DatabaseRetry.isTransient(new IllegalStateException())).isFalse();
    }

    private static void away() {
        throw new CannotCreateTransactionException("away", new java.io.IOException("no connection"));
    }
}
