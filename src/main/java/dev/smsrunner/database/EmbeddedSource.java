package dev.smsrunner.database;

import dev.smsrunner.localjdbc.SilentServerException;
import dev.smsrunner.localjdbc.UnixDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Connections to the embedded database, whichever process has its file open: this one, or another one that serves it. When
 * that one ends, the next connection opens the file here, or reaches the process that opened it first.
 */
public final class EmbeddedSource extends AbstractDataSource implements AutoCloseable {

    /** Below the time for which the pool waits for a connection. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    /** Most commands are over by then. */
    private static final Duration SERVES_AFTER = Duration.ofSeconds(1);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(25);

    /** DATABASE_ALREADY_OPEN_1 and ERROR_OPENING_DATABASE_1 in H2's list of errors. */
    private static final Set<Integer> LOCKED = Set.of(90020, 8000);

    private final EmbeddedPaths paths;
    private final @Nullable CheckedDirectory directory;
    private final UnixDataSource served;
    private final long began = System.nanoTime();
    private @Nullable OpenFile ours;
    private boolean closed;

    EmbeddedSource(CheckedDirectory directory) {
        this(directory.paths(), directory);
    }

    /** For a process that does not open the file itself: a test of the other way. */
    public EmbeddedSource(EmbeddedPaths paths) {
        this(paths, null);
    }

    private EmbeddedSource(EmbeddedPaths paths, @Nullable CheckedDirectory directory) {
        this.paths = paths;
        this.directory = directory;
        this.served = new UnixDataSource(paths.socket());
    }

    EmbeddedPaths paths() {
        return paths;
    }

    /** Whether this process has the file open. */
    synchronized boolean isOurs() {
        return ours != null;
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            return getConnection(PATIENCE);
        } catch (RuntimeException ex) {
            throw new SQLNonTransientConnectionException(ex.getMessage(), "08001", ex);
        }
    }

    /**
     * A connection.
     *
     * @param patience how long another process is waited for that has the file open and does not serve it
     * @throws SQLTransientConnectionException when it still does not, or refuses
     */
    Connection getConnection(Duration patience) throws SQLException {
        for (long since = System.nanoTime(); ; ) {
            SQLException why;
            try {
                var open = ours();
                if (open != null) {
                    return open.connect();
                }
                return served.connect();
            } catch (SilentServerException ex) {
                throw suspended(ex);
            } catch (SQLException ex) {
                if (!isLocked(ex)) {
                    throw ex;
                }
                why = ex;
            } catch (IOException ex) {
                why = new SQLTransientConnectionException(
                        EmbeddedFileOwnerProbe.named(paths.holder())
                                + " has the file open and serves no other process: " + ex.getMessage(),
                        "08001",
                        ex);
            }
            if (System.nanoTime() - since > patience.toNanos()
                    || Thread.currentThread().isInterrupted()) {
                throw why;
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    /** Without a cause: the innermost message is the one that the operator reads. */
    private SQLException suspended(SilentServerException silent) {
        var named = new SQLTransientConnectionException(
                "%s has the embedded database open and does not answer: it is suspended, or the machine is overloaded; resume it (%s) or terminate it"
                        .formatted(
                                EmbeddedFileOwnerProbe.named(paths.holder()),
                                EmbeddedFileOwnerProbe.resumed(paths.holder())),
                "08001");
        named.addSuppressed(silent);
        return named;
    }

    /** Whether H2 says that another program has the file open. */
    static boolean isLocked(Exception failure) {
        return failure instanceof SQLException refused && LOCKED.contains(refused.getErrorCode());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the login of the embedded database is in its directory");
    }

    private synchronized @Nullable OpenFile ours() throws SQLException {
        if (closed) {
            throw new SQLException("the database is closed", "08003");
        }
        if (ours == null && directory != null) {
            ours = OpenFile.take(directory, serveAfter());
        }
        return ours;
    }

    private Duration serveAfter() {
        var left = SERVES_AFTER.minusNanos(System.nanoTime() - began);
        return left.isNegative() ? Duration.ZERO : left;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (ours != null) {
            ours.release();
            ours = null;
        }
    }
}
