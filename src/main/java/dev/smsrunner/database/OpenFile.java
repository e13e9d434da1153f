package dev.smsrunner.database;

import dev.smsrunner.localjdbc.UnixServer;
import dev.smsrunner.support.FileFailures;
import dev.smsrunner.support.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * File of the embedded database while this process has it open. Only one process at a time can, by a lock of the operating
 * system that ends with the process. Other processes connect through a socket beside the file; H2 itself opens no port.
 */
final class OpenFile {

    private static final Logger log = LoggerFactory.getLogger(OpenFile.class);

    /** Files that this process has open, by directory. A lock belongs to the whole process. */
    private static final Map<Path, OpenFile> OPEN = new HashMap<>();

    private static final Set<StandardOpenOption> LOCKABLE = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);

    private final EmbeddedPaths paths;
    private final FileChannel lock;
    private final EmbeddedLogin.OpenDatabase keeper;
    private final Thread serverThread;
    private @Nullable UnixServer server;
    private boolean closed;
    private int users = 1;

    private OpenFile(EmbeddedPaths paths, FileChannel lock, EmbeddedLogin.OpenDatabase keeper, Duration serveDelay) {
        this.paths = paths;
        this.lock = lock;
        this.keeper = keeper;
        this.serverThread = new Thread(() -> serve(serveDelay), "database-server-start");
        serverThread.setDaemon(true);
    }

    /**
     * Opens the file, or shares it where this process has it open.
     *
     * @param serveDelay delay before other processes are served; a shorter command serves none, so that no run depends on it
     * @return null when another process has it open
     * @throws SQLException when H2 cannot open it
     * @throws DatabaseException when it must not be used
     * @throws UnsafeDirectoryException when the directory was replaced since its check; H2 opened nothing
     */
    static @Nullable OpenFile take(CheckedDirectory directory, Duration serveDelay) throws SQLException {
        var paths = directory.paths();
        synchronized (OPEN) {
            var shared = OPEN.get(paths.directory());
            if (shared != null) {
                shared.users++;
                return shared;
            }
            var lock = tryLock(paths.lock());
            if (lock == null) {
                return null;
            }
            try {
                directory.verifyUnchanged();
                writeOwner(paths);
                var database = new OpenFile(paths, lock, open(paths), serveDelay);
                OPEN.put(paths.directory(), database);
                database.serverThread.start();
                return database;
            } catch (SQLException | RuntimeException ex) {
                close(lock);
                throw ex;
            }
        }
    }

    private static @Nullable FileChannel tryLock(Path file) {
        try {
            var channel = FileChannel.open(file, LOCKABLE, PrivateFiles.attributes(file));
            try {
                if (channel.tryLock() != null) {
                    return channel;
                }
            } catch (IOException | RuntimeException ex) {
                channel.close();
                throw ex;
            }
            channel.close();
            return null;
        } catch (IOException ex) {
            throw new UncheckedIOException(
                    "the lock file %s cannot be locked: %s".formatted(file, FileFailures.text(ex, file)), ex);
        }
    }

    /** Writes the owner file. An unwritable directory is reported when the database is opened. */
    private static void writeOwner(EmbeddedPaths paths) {
        try {
            EmbeddedFileOwnerProbe.current().write(paths.owner());
        } catch (IOException ex) {
            log.debug("Cannot write the owner file of the database: {}", ex.toString());
        }
    }

    /** Other processes are served only after the update of the tables. */
    private static EmbeddedLogin.OpenDatabase open(EmbeddedPaths paths) throws SQLException {
        var watermark = new Watermark(paths.file());
        watermark.verifyPresent();
        var database = new EmbeddedLogin(paths).open();
        try {
            watermark.verifyComplete(new SingleConnectionDataSource(database.connection(), true));
            Schema.bringUpToDate(new DriverManagerDataSource(paths.url(), EmbeddedLogin.USER, database.password()));
            restrict(paths);
            return database;
        } catch (RuntimeException ex) {
            database.close();
            throw ex;
        }
    }

    /** Restricts files that earlier versions left, or that H2 created under the umask. */
    private static void restrict(EmbeddedPaths paths) {
        try (var files = Files.list(paths.directory())) {
            for (var stale : paths.legacyLockFiles()) {
                Files.deleteIfExists(stale);
            }
            for (var each : files.filter(Files::isRegularFile).toList()) {
                restrict(each);
            }
        } catch (IOException ex) {
            throw new DatabaseException(
                    "Its files cannot be made private: %s.".formatted(FileFailures.text(ex, paths.directory())), ex);
        } catch (UnsupportedOperationException ex) {
            throw new DatabaseException("Its files cannot be made private: the file system has no modes.", ex);
        }
    }

    private static void restrict(Path file) throws IOException {
        try {
            PrivateFiles.restrict(file);
        } catch (NoSuchFileException ex) {
            // a temporary file of H2
        }
    }

    /** Connection within this process. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(paths.url(), EmbeddedLogin.USER, keeper.password());
    }

    private void serve(Duration after) {
        try {
            Thread.sleep(after.toMillis());
            synchronized (this) {
                if (!closed) {
                    server = UnixServer.start(paths.socket(), this::connect);
                }
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException ex) {
            log.warn("Other commands cannot use the database while this process runs: {}", ex.toString());
        }
    }

    /** Ends one use; the last one closes the file for the next process. */
    void release() {
        synchronized (OPEN) {
            if (--users == 0) {
                OPEN.remove(paths.directory());
                close();
            }
        }
    }

    private void close() {
        try {
            synchronized (this) {
                closed = true;
                serverThread.interrupt();
                if (server != null) {
                    server.close();
                }
            }
            shutDown();
        } finally {
            close(lock);
        }
    }

    /** Shuts H2 down with all connections: the file must be closed before the next process opens it. */
    private void shutDown() {
        try (keeper;
                var statement = keeper.connection().createStatement()) {
            statement.execute("shutdown");
        } catch (SQLException ex) {
            log.debug("The database was already closed: {}", ex.toString());
        }
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException ex) {
            // the lock ends with the process at the latest
        }
    }
}
