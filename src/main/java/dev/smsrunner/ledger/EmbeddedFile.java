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
import java.util.Optional;
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
        this(dataDirectory, dataDirectory);
    }

    private EmbeddedFile(Path dataDirectory, Path real) {
        this.dataDirectory = dataDirectory;
        this.directory = real.resolve("db");
        this.file = directory.resolve(NAME + ".mv.db");
    }

    /** Whether it is there, or was; asking does not create one. */
    boolean isThere() {
        return Files.exists(file) || watermark().isThere();
    }

    Watermark watermark() {
        return new Watermark(file);
    }

    /** The password of the database; empty while it has none. */
    Optional<String> key() {
        try {
            return new DatabaseKey(directory).read();
        } catch (IOException | DatabaseException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Opens it, creates it where there was none, and brings its tables up to date.
     *
     * @throws UnsafeDirectoryException when another user can change what is in the data directory; nothing was opened
     * @throws DatabaseException when it cannot be used; nothing was changed
     */
    HikariDataSource open() {
        return inPrivateDirectory().opened();
    }

    private HikariDataSource opened() {
        return OneOpens.alone(directory.resolve(NAME + ".opening"), BEING_OPENED, this::openAlone);
    }

    /** By its real path: a link that is changed after the check does not matter. */
    private EmbeddedFile inPrivateDirectory() {
        try {
            var real = PrivateDirectory.ofData(dataDirectory);
            PrivateDirectory.create(real.resolve("db"));
            return new EmbeddedFile(dataDirectory, real);
        } catch (IOException failure) {
            throw new DatabaseException(
                    "Cannot create the data directory %s: %s. Choose another with --data."
                            .formatted(dataDirectory, failure.getMessage()),
                    failure);
        }
    }

    private HikariDataSource openAlone() {
        FileHolder.mustAnswer(lockFile());
        HikariDataSource pool = null;
        try (var first = first()) {
            restrict();
            pool = new HikariDataSource(config(first.password()));
            watermark().mustHoldAll(pool);
            Schema.bringUpToDate(pool);
            assertDurable(pool);
            return pool;
        } catch (SQLException | RuntimeException failure) {
            if (pool != null) {
                pool.close();
            }
            throw DatabaseException.cannotOpen("the embedded database under " + dataDirectory, file, failure);
        }
    }

    private Login.Opened first() throws SQLException {
        watermark().mustBeThere();
        return connected(new Login(url(), file), !Files.exists(lockFile()));
    }

    private Path lockFile() {
        return directory.resolve(NAME + ".lock.db");
    }

    /**
     * WRITE_DELAY=0: with H2's default an acknowledged commit is lost when the process is killed. async: with "file" an
     * interrupt of any thread that reads or writes closes the database for all of them.
     */
    private String url() {
        return "jdbc:h2:async:" + directory.resolve(NAME).toAbsolutePath()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;AUTO_SERVER=TRUE;NETWORK_TIMEOUT=20000;TRACE_LEVEL_FILE=0";
    }

    private HikariConfig config(String password) {
        var config = new HikariConfig();
        config.setJdbcUrl(url());
        config.setUsername(Login.USER);
        config.setPassword(password);
        return Database.common(config);
    }

    /** A database that was closed just now may be locked still, so it is tried again. */
    private static Login.Opened connected(Login login, boolean alone) throws SQLException {
        for (long began = System.nanoTime(); ; ) {
            try {
                return login.open(alone);
            } catch (SQLException failure) {
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
