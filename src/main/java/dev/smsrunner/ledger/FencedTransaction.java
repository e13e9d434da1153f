package dev.smsrunner.ledger;

import dev.smsrunner.database.DatabaseRetry;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes under a fencing token. Each write is one transaction, executed exactly once even when the connection is lost during
 * its commit. The run counts its writes; a write whose number is already in the database is not repeated.
 */
final class FencedTransaction {

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final DatabaseRetry databaseRetry;

    FencedTransaction(DataSource database, DatabaseRetry databaseRetry) {
        this.jdbc = new JdbcTemplate(database);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        this.databaseRetry = databaseRetry;
    }

    /** Runs the work in a transaction. */
    void write(FencedRun owner, Runnable work) {
        var attempt = new Attempt(owner, work);
        databaseRetry.execute(attempt::perform);
    }

    private final class Attempt {

        private final FencedRun owner;
        private final Runnable work;
        private long number = -1;

        Attempt(FencedRun owner, Runnable work) {
            this.owner = owner;
            this.work = work;
        }

        void perform() {
            if (number >= 0 && isCommitted()) {
                return; // the commit succeeded, only its response was lost
            }
            transaction.executeWithoutResult(status -> {
                begin();
                work.run();
            });
        }

        /** Checks the token; the row of the run stays locked until the transaction ends. */
        private void begin() {
            int updated = jdbc.update(
                    "update run set writes = writes + 1 where run_id = ? and token = ?", owner.runId(), owner.token());
            if (updated == 0) {
                throw new OwnershipLostException(owner);
            }
            number = Objects.requireNonNull(
                    jdbc.queryForObject("select writes from run where run_id = ?", Long.class, owner.runId()));
        }

        /** Under another token the counter belongs to another process and proves nothing. */
        private boolean isCommitted() {
            return !jdbc.queryForList(
                            "select run_id from run where run_id = ? and token = ? and writes = ?",
                            String.class,
                            owner.runId(),
                            owner.token(),
                            number)
                    .isEmpty();
        }
    }
}
