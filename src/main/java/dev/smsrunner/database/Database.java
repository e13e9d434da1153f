package dev.smsrunner.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/**
 * Database of the ledger and the job repository: an embedded file by default, PostgreSQL by its URL. Both get their tables
 * from the same scripts.
 */
public final class Database implements AutoCloseable {

    private static final String USER = "SMS_RUNNER_DB_USER";
    private static final String PASSWORD = "SMS_RUNNER_DB_PASSWORD";
    private static final int CONNECTIONS = 6;
    private static final long READER_IDLE_TIMEOUT_MS = 10_000;

    /** Less than the time after which the process that owns the embedded database closes an idle connection. */
    private static final long IDLE_TIMEOUT_MS = 300_000;

    private final HikariDataSource pool;
    private final @Nullable EmbeddedSource embedded;
    private final @Nullable Watermark watermark;
    private long lastWriteCount;

    private Database(HikariDataSource pool) {
        this.pool = pool;
        this.embedded = null;
        this.watermark = null;
    }

    /** Embedded database over connections that are closed with it. */
    public Database(EmbeddedSource embedded) {
        this(
                embedded,
                withDefaults(new HikariConfig()),
                new Watermark(embedded.paths().file()));
    }

    private Database(EmbeddedSource embedded, HikariConfig config, @Nullable Watermark watermark) {
        this.embedded = embedded;
        this.watermark = watermark;
        try {
            this.pool = EmbeddedFile.pool(config, embedded);
        } catch (RuntimeException ex) {
            embedded.close();
            throw ex;
        }
    }

    /**
     * Opens the database and updates its tables.
     *
     * @param dataDirectory directory of the embedded file
     * @param url JDBC URL of a PostgreSQL database, null for the embedded file
     * @throws DatabaseException when it cannot be used; nothing was changed
     * @throws DatabaseSettingException when the URL or its login is malformed or forbidden; nothing was opened
     * @throws UnsafeDirectoryException when another user can change the contents of the data directory; nothing was opened
     */
    public static Database open(Path dataDirectory, @Nullable String url, Map<String, String> environment) {
        if (url != null) {
            return openServer(url, environment);
        }
        return new Database(new EmbeddedFile(dataDirectory).open());
    }

    private static Database openServer(String url, Map<String, String> environment) {
        var config = serverConfig(url, environment);
        HikariDataSource pool = null;
        try {
            pool = new HikariDataSource(config);
            new ServerCheck(pool).verify();
            Schema.bringUpToDate(pool);
            return new Database(pool);
        } catch (RuntimeException ex) {
            if (pool != null) {
                pool.close();
            }
            throw new ServerOpening(url).failure(ex);
        }
    }

    /** Whether the data directory has, or had, an embedded database; this query does not create one. */
    public static boolean existsIn(Path dataDirectory) {
        return new EmbeddedFile(dataDirectory).exists();
    }

    /**
     * Password of the embedded database in the data directory, for the search for leaked secrets; empty when there is none.
     */
    public static Optional<String> embeddedPassword(Path dataDirectory) {
        return new EmbeddedFile(dataDirectory).key();
    }

    /**
     * Records the write count of the previous call for the next process to compare. Called every few seconds during a run,
     * by one thread.
     */
    public void recordWatermark(DataSource on) {
        if (watermark != null) {
            watermark.raise(lastWriteCount);
            try {
                lastWriteCount = Watermark.writeCount(on);
            } catch (DataAccessException ex) {
                // recorded by the next call
            }
        }
    }

    /**
     * Security risk of the connection to the database at that URL; empty when there is none.
     *
     * @throws DatabaseSettingException when the URL is malformed or forbidden
     */
    public static Optional<String> exposure(String url) {
        return DatabaseUrl.of(url).exposure();
    }

    /**
     * Checks the form of a database URL, without a connection.
     *
     * @throws DatabaseSettingException when it is malformed or forbidden
     */
    public static void verifyUrl(String url) {
        DatabaseUrl.of(url);
    }

    /**
     * Checks the variables with the login of a database server, without a connection.
     *
     * @throws DatabaseSettingException when there is a password without a user
     */
    public static void verifyLogin(Map<String, String> environment) {
        if (variable(environment, USER).isEmpty()
                && variable(environment, PASSWORD).isPresent()) {
            throw new DatabaseSettingException(
                    "%s is set in the environment but %s is not. Set both, or only the user if the server requires no password."
                            .formatted(PASSWORD, USER));
        }
    }

    /** Connections from the pool. */
    public DataSource source() {
        return pool;
    }

    /**
     * Additional connections for readers. They are opened on demand and closed when idle; a reader waits for one, the work
     * never does.
     */
    public Database forReaders(int connections) {
        var config = new HikariConfig();
        config.setReadOnly(true);
        withDefaults(config).setPoolName("readers");
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(0);
        config.setIdleTimeout(READER_IDLE_TIMEOUT_MS);
        config.setInitializationFailTimeout(-1);
        if (embedded != null) {
            return new Database(new EmbeddedSource(embedded.paths()), config, null);
        }
        config.setJdbcUrl(pool.getJdbcUrl());
        config.setUsername(pool.getUsername());
        config.setPassword(pool.getPassword());
        config.setDataSourceProperties(pool.getDataSourceProperties());
        return new Database(new HikariDataSource(config));
    }

    /** Connection outside the pool, for the renewal of the lease, which must not wait. */
    public Connection connect() throws SQLException {
        if (embedded != null) {
            return embedded.getConnection();
        }
        var properties = new Properties();
        properties.putAll(pool.getDataSourceProperties());
        properties.setProperty("user", Objects.toString(pool.getUsername(), ""));
        properties.setProperty("password", Objects.toString(pool.getPassword(), ""));
        return DriverManager.getConnection(pool.getJdbcUrl(), properties);
    }

    @Override
    public void close() {
        pool.close();
        if (embedded != null) {
            embedded.close();
        }
    }

    static HikariConfig serverConfig(String url, Map<String, String> environment) {
        verifyUrl(url);
        verifyLogin(environment);
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        variable(environment, USER).ifPresent(config::setUsername);
        variable(environment, PASSWORD).ifPresent(config::setPassword);
        config.addDataSourceProperty("connectTimeout", "5");
        config.addDataSourceProperty("socketTimeout", "20");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("ApplicationName", "sms-runner");
        // A process that is suspended inside a transaction must not keep its locks for longer than its lease.
        config.setConnectionInitSql("set idle_in_transaction_session_timeout = '10s'");
        return withDefaults(config);
    }

    /** Value without the line end that a file with it often has; blanks may belong to a password. */
    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .map(value -> value.replaceFirst("[\\r\\n]+$", ""))
                .filter(value -> !value.isEmpty());
    }

    static HikariConfig withDefaults(HikariConfig config) {
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setIdleTimeout(IDLE_TIMEOUT_MS);
        config.setConnectionTimeout(5_000);
        config.setPoolName("ledger");
        return config;
    }
}
