package dev.smsrunner.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The file of the embedded database, and how it is opened: by one process at a time, found whole, kept private. */
final class EmbeddedFile {

    private static final String NAME = "sms-runner";
    private static final Duration BEING_OPENED = Duration.ofSeconds(8);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    /** DATABASE_ALREADY_OPEN_1 and ERROR_OPENING_DATABASE_1 (of its lock file) in the driver's list of errors. */
    private static final Set<Integer> LOCKED = Set.of(90020, 8000);

    private final Path dataDirectory;
    private final Path directory;
    private final Path file;

    EmbeddedFile(Path dataDirectory) {
        this.dataDirectory = dataDirectory;
        this.directory = dataDirectory.resolve("db");
        this.file = directory.resolve(NAME + ".mv.db");
    }

    /** Whether it is there, or was; asking does not create one. */
    boolean isThere() {
        return Files.exists(file) || watermark().isThere();
    }

    Watermark watermark() {
        return new Watermark(file);
    }

    /**
     * Opens it, creates it where there was none, and brings its tables up to date.
     *
     * @throws DatabaseException when it cannot be used; nothing was changed
     */
    HikariDataSource open() {
        createDirectories();
        return OneOpens.alone(directory.resolve(NAME + ".opening"), BEING_OPENED, this::openAlone);
    }

    private void createDirectories() {
        try {
            PrivateDirectory.create(dataDirectory);
            PrivateDirectory.create(directory);
        } catch (IOException failure) {
            throw new DatabaseException(
                    "Cannot create the data directory %s: %s. Choose another with --data."
                            .formatted(dataDirectory, failure.getMessage()),
                    failure);
        }
    }

    private HikariDataSource openAlone() {
        FileHolder.mustAnswer(directory.resolve(NAME + ".lock.db"));
        HikariDataSource pool = null;
        try {
            watermark().mustBeThere();
            pool = connected(config());
            watermark().mustHoldAll(pool);
            Schema.bringUpToDate(pool);
            assertDurable(pool);
            restrict();
            return pool;
        } catch (RuntimeException failure) {
            if (pool != null) {
                pool.close();
            }
            throw DatabaseException.cannotOpen("the embedded database under " + dataDirectory, file, failure);
        }
    }

    private HikariConfig config() {
        // WRITE_DELAY=0: with H2's default an acknowledged commit is lost when the process is killed.
        // async: with "file" an interrupt of any thread that reads or writes closes the database for all of them.
        var config = new HikariConfig();
        config.setJdbcUrl(
                "jdbc:h2:async:" + directory.resolve(NAME).toAbsolutePath()
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;AUTO_SERVER=TRUE;NETWORK_TIMEOUT=20000;TRACE_LEVEL_FILE=0");
        config.setUsername("sms_runner");
        config.setPassword("");
        return Database.common(config);
    }

    /** One that was closed this moment, or is opened by a process of another version, may be locked still: it asks again. */
    private static HikariDataSource connected(HikariConfig config) {
        for (long began = System.nanoTime(); ; ) {
            try {
                return new HikariDataSource(config);
            } catch (RuntimeException failure) {
                if (!locked(failure) || System.nanoTime() - began > BEING_OPENED.toNanos()) {
                    throw failure;
                }
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
        }
    }

    private static boolean locked(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused && LOCKED.contains(refused.getErrorCode())) {
                return true;
            }
        }
        return false;
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

    private void restrict() {
        try (var files = Files.list(directory)) {
            for (var each : files.filter(Files::isRegularFile).toList()) {
                restrict(each);
            }
        } catch (IOException | UnsupportedOperationException failure) {
            throw new DatabaseException("Its files cannot be made private: " + failure.getMessage(), failure);
        }
    }

    private static void restrict(Path file) throws IOException {
        try {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (NoSuchFileException gone) {
            // a lock file of another process that just ended
        }
    }
}
