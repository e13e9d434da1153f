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
 * Connections to the embedded database through the process that has its file open: this one or another one. When that
 * process ends, the next connection opens the file here, or connects to the process that opened it first.
 */
public final class EmbeddedSource extends AbstractDataSource implements AutoCloseable {

    /** Shorter than the pool's timeout for a connection. */
    private static final Duration TIMEOUT = Duration.ofSeconds(4);

    /** Most commands end sooner. */
    private static final Duration SERVE_DELAY = Duration.ofSeconds(1);

    private static final Duration RETRY_INTERVAL = Duration.ofMillis(25);

    /** DATABASE_ALREADY_OPEN_1 and ERROR_OPENING_DATABASE_1 in H2's list of errors. */
    private static final Set<Integer> LOCKED_CODES = Set.of(90020, 8000);

    private final EmbeddedPaths paths;
    private final @Nullable CheckedDirectory directory;
    private final UnixDataSource otherProcess;
    private final long createdNanos = System.nanoTime();
    private @Nullable OpenFile openFile;
    private boolean closed;

    EmbeddedSource(CheckedDirectory directory) {
        this(directory.paths(), directory);
    }

    /** Source for a process that does not open the file itself, such as a test of the connection to another process. */
    public EmbeddedSource(EmbeddedPaths paths) {
        this(paths, null);
    }

    private EmbeddedSource(EmbeddedPaths paths, @Nullable CheckedDirectory directory) {
        this.paths = paths;
        this.directory = directory;
        this.otherProcess = new UnixDataSource(paths.socket());
    }

    EmbeddedPaths paths() {
        return paths;
    }

    /** Whether this process has the file open. */
    synchronized boolean isOurs() {
        return openFile != null;
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            return getConnection(TIMEOUT);
        } catch (RuntimeException ex) {
            throw new SQLNonTransientConnectionException(ex.getMessage(), "08001", ex);
        }
    }

    /**
     * Opens a connection.
     *
     * @param timeout time to wait for another process that has the file open and does not serve it
     * @throws SQLTransientConnectionException when it still does not, or refuses
     */
    Connection getConnection(Duration timeout) throws SQLException {
        for (long since = System.nanoTime(); ; ) {
            SQLException why;
            try {
                var open = openFile();
                if (open != null) {
                    return open.connect();
                }
                return otherProcess.connect();
            } catch (SilentServerException ex) {
                throw explainSilence(ex);
            } catch (SQLException ex) {
                if (!isLocked(ex)) {
                    throw ex;
                }
                why = ex;
            } catch (IOException ex) {
                why = new SQLTransientConnectionException(
                        EmbeddedFileOwnerProbe.describe(paths.owner())
                                + " has the file open and serves no other process: " + ex.getMessage(),
                        "08001",
                        ex);
            }
            if (System.nanoTime() - since > timeout.toNanos()
                    || Thread.currentThread().isInterrupted()) {
                throw why;
            }
            LockSupport.parkNanos(RETRY_INTERVAL.toNanos());
        }
    }

    /** Has no cause: the operator sees the innermost message. */
    private SQLException explainSilence(SilentServerException silent) {
        var named = new SQLTransientConnectionException(
                "%s has the embedded database open and does not answer: it is suspended, or the machine is overloaded; resume it (%s) or terminate it"
                        .formatted(
                                EmbeddedFileOwnerProbe.describe(paths.owner()),
                                EmbeddedFileOwnerProbe.resumeCommand(paths.owner())),
                "08001");
        named.addSuppressed(silent);
        return named;
    }

    /** Whether H2 reports that another program has the file open. */
    static boolean isLocked(Exception failure) {
        return failure instanceof SQLException refused && LOCKED_CODES.contains(refused.getErrorCode());
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the login of the embedded database is stored in its directory");
    }

    private synchronized @Nullable OpenFile openFile() throws SQLException {
        if (closed) {
            throw new SQLException("the database is closed", "08003");
        }
        if (openFile == null && directory != null) {
            openFile = OpenFile.take(directory, serveDelay());
        }
        return openFile;
    }

    private Duration serveDelay() {
        var left = SERVE_DELAY.minusNanos(System.nanoTime() - createdNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (openFile != null) {
            openFile.release();
            openFile = null;
        }
    }
}
