package dev.smsrunner.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.smsrunner.localjdbc.RefusedByServerException;
import dev.smsrunner.support.FileFailures;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Embedded database of a data directory. Opening it checks the private directory and the file, and updates the tables. */
final class EmbeddedFile {

    private static final Duration OPEN_TIMEOUT = Duration.ofSeconds(8);

    private final Path dataDirectory;
    private final EmbeddedPaths paths;

    EmbeddedFile(Path dataDirectory) {
        this.dataDirectory = dataDirectory;
        this.paths = new EmbeddedPaths(dataDirectory.resolve("db"));
    }

    /**
     * Whether the file exists, or existed; this query does not create it.
     *
     * @throws UnsafeDirectoryException when this user may not read the directory
     * @throws DatabaseException when the directory cannot be read for another reason
     */
    boolean exists() {
        try {
            Files.readAttributes(paths.file(), BasicFileAttributes.class);
            return true;
        } catch (NoSuchFileException ex) {
            return watermark().exists();
        } catch (AccessDeniedException ex) {
            throw UnsafeDirectoryException.denied(
                    "Permission denied for the data directory %s"
                            .formatted(dataDirectory.toAbsolutePath().normalize()),
                    true);
        } catch (IOException ex) {
            throw new DatabaseException(
                    "Cannot read the data directory %s: %s. Set another directory with --data."
                            .formatted(dataDirectory, FileFailures.text(ex, dataDirectory)),
                    ex);
        }
    }

    Watermark watermark() {
        return new Watermark(paths.file());
    }

    /** Password of the database; empty while it has none. */
    Optional<String> key() {
        try {
            return new DatabaseKey(paths.directory()).read();
        } catch (IOException | DatabaseException ex) {
            return Optional.empty();
        }
    }

    /**
     * Opens the database, creates it if missing, and updates its tables.
     *
     * @throws UnsafeDirectoryException when another user can change the contents of the data directory; nothing was opened
     * @throws DatabaseException when it cannot be used; nothing was changed
     */
    EmbeddedSource open() {
        return open(OPEN_TIMEOUT);
    }

    /**
     * Opens the database.
     *
     * @param timeout time to wait for another process that has the file open and does not serve it
     */
    EmbeddedSource open(Duration timeout) {
        return openChecked(checkDirectory(), timeout);
    }

    /** Checked directory by its real path: a later change of a link has no effect. */
    private CheckedDirectory checkDirectory() {
        try {
            var real = PrivateDirectory.openDataDirectory(dataDirectory);
            PrivateDirectory.create(real.resolve("db"));
            return new CheckedDirectory(real);
        } catch (IOException ex) {
            throw unusable(ex);
        }
    }

    /** Failure to create or write the directory: bad input when its path is the cause, not for example a full disk. */
    private RuntimeException unusable(IOException failure) {
        var absolute = dataDirectory.toAbsolutePath().normalize();
        boolean exists = Files.isDirectory(absolute);
        boolean isAbsent = !exists && failure instanceof NoSuchFileException;
        var reason = isAbsent ? "its file system accepts no directory there" : FileFailures.text(failure, absolute);
        var problem = exists
                ? "The data directory %s cannot be read or written: %s".formatted(absolute, reason)
                : "Cannot create the data directory %s: %s".formatted(absolute, reason);
        boolean isDenied = failure instanceof AccessDeniedException;
        return isAbsent || isDenied || !isWritable(absolute)
                ? UnsafeDirectoryException.denied(problem, isDenied)
                : new DatabaseException(problem + ". Set another directory with --data.", failure);
    }

    /** Whether the directory, or the first parent that exists, can be written: false on a read-only file system. */
    private static boolean isWritable(Path directory) {
        var existing = directory;
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        return existing != null && Files.isWritable(existing);
    }

    private EmbeddedSource openChecked(CheckedDirectory directory, Duration timeout) {
        var source = new EmbeddedSource(directory);
        try {
            source.getConnection(timeout).close();
            if (!source.isOurs()) {
                Schema.verifyCurrent(source);
            }
            assertDurable(source);
            return source;
        } catch (UnsafeDirectoryException ex) {
            source.close();
            throw ex;
        } catch (SQLException | RuntimeException ex) {
            source.close();
            throw DatabaseException.cannotOpen(
                    "the embedded database under " + dataDirectory,
                    directory.paths().file(),
                    explain(ex, directory.paths().owner()));
        }
    }

    /** Explains a failure by another process; otherwise returns it unchanged. */
    private static Exception explain(Exception failure, Path holder) {
        if (EmbeddedSource.isLocked(failure)) {
            return new DatabaseException(
                    "A process of an earlier version of sms-runner, or another program, has its file open. Nothing was changed. Wait for the end of that process or terminate it; until then use its version.",
                    failure);
        }
        if (!(failure instanceof SQLTransientConnectionException)) {
            return failure;
        }
        return new DatabaseException(
                failure instanceof RefusedByServerException
                        ? "Another process has it open: %s. Nothing was changed.".formatted(failure.getMessage())
                        : "%s has the embedded database open and does not answer: it is suspended, or the machine is overloaded. Nothing was changed. Resume it (%s) or terminate it, then run the same command again."
                                .formatted(
                                        capitalise(EmbeddedFileOwnerProbe.describe(holder)),
                                        EmbeddedFileOwnerProbe.resumeCommand(holder)),
                failure);
    }

    private static String capitalise(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static void assertDurable(DataSource source) {
        var delay = new JdbcTemplate(source)
                .queryForObject(
                        "select setting_value from information_schema.settings where setting_name = 'WRITE_DELAY'",
                        String.class);
        if (!"0".equals(delay)) {
            throw new DatabaseException(
                    "It would lose commits when the process is killed (WRITE_DELAY is %s, must be 0).".formatted(delay),
                    null);
        }
    }

    /** Pool over the connections. Each connection is tested before use, since the process that serves it may have ended. */
    static synchronized HikariDataSource pool(HikariConfig config, EmbeddedSource source) {
        var always = "com.zaxxer.hikari.aliveBypassWindowMs";
        var before = System.getProperty(always);
        config.setDataSource(source);
        System.setProperty(always, "0");
        try {
            return new HikariDataSource(config);
        } finally {
            if (before == null) {
                System.clearProperty(always);
            } else {
                System.setProperty(always, before);
            }
        }
    }
}
