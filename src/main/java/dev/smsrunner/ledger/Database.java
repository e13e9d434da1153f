package dev.smsrunner.ledger;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The database that the ledger and the job repository are in: an embedded file by default, PostgreSQL by its URL. Both get
 * their tables from the same scripts.
 */
public final class Database implements AutoCloseable {

    private static final String FILE_NAME = "sms-runner";
    private static final int CONNECTIONS = 6;
    private static final long IDLE_READER = 10_000;
    private static final Duration BEING_OPENED = Duration.ofSeconds(8);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    /** DATABASE_ALREADY_OPEN_1 and ERROR_OPENING_DATABASE_1 (of its lock file) in the driver's list of errors. */
    private static final Set<Integer> H2_LOCKED = Set.of(90020, 8000);

    /** The version of the latest script under {@code db/migration}. */
    static final int SCHEMA_VERSION = 4;

    private final HikariDataSource pool;
    private final @Nullable Watermark watermark;
    private long held;

    private Database(HikariDataSource pool, @Nullable Watermark watermark) {
        this.pool = pool;
        this.watermark = watermark;
    }

    /**
     * Opens the database and brings its tables up to date.
     *
     * @param dataDirectory where the embedded file lives
     * @param url JDBC URL of a PostgreSQL database, null for the embedded file
     * @throws DatabaseException when it cannot be used; nothing was changed
     */
    public static Database open(Path dataDirectory, @Nullable String url, Map<String, String> environment) {
        if (url != null) {
            return openServer(url, environment);
        }
        createDirectories(dataDirectory);
        return OneOpens.alone(
                directory(dataDirectory).resolve(FILE_NAME + ".opening"), BEING_OPENED, () -> openFile(dataDirectory));
    }

    private static Database openFile(Path dataDirectory) {
        var directory = directory(dataDirectory);
        var config = embedded(directory);
        var watermark = new Watermark(file(dataDirectory));
        HikariDataSource pool = null;
        try {
            watermark.mustBeThere();
            pool = connected(config);
            watermark.mustHoldAll(pool);
            migrate(pool);
            assertDurable(pool);
            restrict(directory);
            return new Database(pool, watermark);
        } catch (RuntimeException failure) {
            close(pool);
            throw DatabaseException.cannotOpen(
                    "the embedded database under " + dataDirectory, file(dataDirectory), failure);
        }
    }

    private static Database openServer(String url, Map<String, String> environment) {
        var config = server(url, environment);
        HikariDataSource pool = null;
        try {
            pool = connected(config);
            migrate(pool);
            assertCommitsAreKept(pool);
            return new Database(pool, null);
        } catch (RuntimeException failure) {
            close(pool);
            throw DatabaseException.cannotOpen(DatabaseUrl.masked(url), failure);
        }
    }

    private static void close(@Nullable HikariDataSource pool) {
        if (pool != null) {
            pool.close();
        }
    }

    /** Whether there is, or was, an embedded database in the data directory; asking does not create one. */
    public static boolean isIn(Path dataDirectory) {
        return Files.exists(file(dataDirectory)) || new Watermark(file(dataDirectory)).isThere();
    }

    private static Path file(Path dataDirectory) {
        return directory(dataDirectory).resolve(FILE_NAME + ".mv.db");
    }

    /**
     * Notes how much an embedded database held when this was last called, for the next process to compare. To be called every
     * few seconds while a run is worked on, by one thread.
     */
    public void note(DataSource on) {
        if (watermark != null) {
            watermark.raise(held);
            held = Watermark.held(on);
        }
    }

    /**
     * What others on the network could do to the connection to the database at that URL; empty when there is nothing to say.
     *
     * @throws DatabaseException when the URL is none that is opened
     */
    public static Optional<String> exposure(String url) {
        return DatabaseUrl.of(url).exposure();
    }

    /** Of two that open the file at the same moment one may find it locked before the other can be asked: it asks again. */
    private static HikariDataSource connected(HikariConfig config) {
        for (long began = System.nanoTime(); ; ) {
            try {
                return new HikariDataSource(config);
            } catch (RuntimeException failure) {
                if (!beingOpened(failure) || System.nanoTime() - began > BEING_OPENED.toNanos()) {
                    throw failure;
                }
                LockSupport.parkNanos(LOOK_AGAIN.toNanos());
            }
        }
    }

    private static boolean beingOpened(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused && H2_LOCKED.contains(refused.getErrorCode())) {
                return true;
            }
        }
        return false;
    }

    /** Connections from the pool. */
    public DataSource source() {
        return pool;
    }

    /**
     * A few connections besides those of the pool, for who only looks: they are opened when they are needed, given back when
     * nobody looks any more, and whoever looks waits for one, never the work.
     */
    public Database forReaders(int connections) {
        var config = new HikariConfig();
        config.setJdbcUrl(pool.getJdbcUrl());
        config.setUsername(pool.getUsername());
        config.setPassword(pool.getPassword());
        config.setDataSourceProperties(pool.getDataSourceProperties());
        config.setReadOnly(true);
        common(config).setPoolName("readers");
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(0);
        config.setIdleTimeout(IDLE_READER);
        config.setInitializationFailTimeout(-1);
        return new Database(new HikariDataSource(config), null);
    }

    /** A connection of its own beside the pool, for who must not wait for one: the renewal of the lease. */
    public Connection connect() throws SQLException {
        var properties = new Properties();
        properties.putAll(pool.getDataSourceProperties());
        properties.setProperty("user", Objects.toString(pool.getUsername(), ""));
        properties.setProperty("password", Objects.toString(pool.getPassword(), ""));
        return DriverManager.getConnection(pool.getJdbcUrl(), properties);
    }

    @Override
    public void close() {
        pool.close();
    }

    private static void createDirectories(Path dataDirectory) {
        try {
            createPrivately(dataDirectory);
            createPrivately(directory(dataDirectory));
        } catch (IOException failure) {
            throw new DatabaseException(
                    "Cannot create the data directory %s: %s. Choose another with --data."
                            .formatted(dataDirectory, failure.getMessage()),
                    failure);
        }
    }

    private static HikariConfig embedded(Path directory) {
        FileHolder.mustAnswer(directory.resolve(FILE_NAME + ".lock.db"));
        // WRITE_DELAY=0: with H2's default an acknowledged commit is lost when the process is killed.
        // async: with "file" an interrupt of any thread that reads or writes closes the database for all of them.
        var config = new HikariConfig();
        config.setJdbcUrl(
                "jdbc:h2:async:" + directory.resolve(FILE_NAME).toAbsolutePath()
                        + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0;AUTO_SERVER=TRUE;NETWORK_TIMEOUT=20000;TRACE_LEVEL_FILE=0");
        config.setUsername("sms_runner");
        config.setPassword("");
        return common(config);
    }

    private static HikariConfig server(String url, Map<String, String> environment) {
        DatabaseUrl.of(url);
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        if (environment.containsKey("SMS_RUNNER_DB_USER")) {
            config.setUsername(environment.get("SMS_RUNNER_DB_USER"));
        }
        if (environment.containsKey("SMS_RUNNER_DB_PASSWORD")) {
            config.setPassword(environment.get("SMS_RUNNER_DB_PASSWORD"));
        }
        config.addDataSourceProperty("connectTimeout", "5");
        config.addDataSourceProperty("socketTimeout", "20");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("ApplicationName", "sms-runner");
        // A process that is suspended inside a transaction must not keep its locks for longer than its lease.
        config.setConnectionInitSql("set idle_in_transaction_session_timeout = '10s'");
        return common(config);
    }

    private static HikariConfig common(HikariConfig config) {
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(5_000);
        config.setPoolName("ledger");
        return config;
    }

    /**
     * Flyway takes half a second to find that there is nothing to do, so it is asked only when there is. Sums of
     * scripts are not compared: these became repeatable when there were databases already.
     */
    private static void migrate(DataSource source) {
        int version = version(source);
        if (version == SCHEMA_VERSION) {
            return;
        }
        if (version > SCHEMA_VERSION) {
            throw new DatabaseException(
                    "Its tables are those of a newer version of sms-runner (%d, this one knows %d). Use that version or a later one."
                            .formatted(version, SCHEMA_VERSION),
                    null);
        }
        try {
            Flyway.configure()
                    .dataSource(source)
                    .locations("classpath:db/migration")
                    .validateOnMigrate(false)
                    .load()
                    .migrate();
        } catch (FlywayException failure) {
            throw new DatabaseException("Its tables cannot be brought up to date: " + failure.getMessage(), failure);
        }
    }

    /** The latest script that was run to its end, 0 when there was none. */
    private static int version(DataSource source) {
        try {
            var version = new JdbcTemplate(source)
                    .queryForObject(
                            "select max(cast(version as integer)) from flyway_schema_history where success",
                            Integer.class);
            return version == null ? 0 : version;
        } catch (DataAccessException noTablesYet) {
            return 0;
        }
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

    private static void assertCommitsAreKept(DataSource source) {
        var jdbc = new JdbcTemplate(source);
        if ("off".equals(jdbc.queryForObject("show synchronous_commit", String.class))) {
            throw new DatabaseException(
                    "It would lose commits in a crash (synchronous_commit is off). Switch it on for this database.",
                    null);
        }
        if (Boolean.TRUE.equals(jdbc.queryForObject("select pg_is_in_recovery()", Boolean.class))) {
            throw new DatabaseException("It is a replica and cannot be written to. Name the primary.", null);
        }
    }

    private static Path directory(Path dataDirectory) {
        return dataDirectory.resolve("db");
    }

    /** Creates the directory for its owner only; one that is there already stays as it is. */
    public static void createPrivately(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        var parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            Files.createDirectory(directory, forOwner(directory));
        } catch (FileAlreadyExistsException raced) {
            if (!Files.isDirectory(directory)) {
                throw raced;
            }
        }
    }

    private static FileAttribute<?>[] forOwner(Path directory) {
        return directory.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    private static void restrict(Path directory) {
        try (var files = Files.list(directory)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
        } catch (java.nio.file.NoSuchFileException gone) {
            // a lock file of another process that just ended
        } catch (IOException | UnsupportedOperationException failure) {
            throw new DatabaseException("Its files cannot be made private: " + failure.getMessage(), failure);
        }
    }
}
