package dev.smsrunner.support;

import dev.smsrunner.database.Database;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * Real databases for tests. PostgreSQL is the server of {@code TEST_PG_URL} (with {@code TEST_PG_USER} and
 * {@code TEST_PG_PASSWORD}), else a Docker container, else a server from embedded binaries. Each JVM starts one server on
 * demand; each test gets a new database.
 */
public final class TestDatabases {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static @Nullable Server server;

    private TestDatabases() {}

    /**
     * An empty PostgreSQL database for one test.
     *
     * @param url JDBC URL without user and password
     */
    public record Postgres(String url, String user, String password) {

        /** Environment variables with user and password. */
        public Map<String, String> environment() {
            var environment = new HashMap<>(Map.of("SMS_RUNNER_DB_USER", user));
            if (!password.isEmpty()) {
                environment.put("SMS_RUNNER_DB_PASSWORD", password);
            }
            return environment;
        }

        /** Opens it as the product does. */
        public Database open() {
            return Database.open(Path.of("."), url, environment());
        }

        /** A plain connection. */
        public Connection connect() throws SQLException {
            return DriverManager.getConnection(url, user, password);
        }
    }

    /** An embedded database under the directory, opened as the product does. */
    public static Database embedded(Path dataDirectory) {
        return Database.open(dataDirectory, null, Map.of());
    }

    /** A new PostgreSQL database. */
    public static synchronized Postgres postgres() {
        if (server == null) {
            server = start();
        }
        return server.createDatabase(
                "t" + ProcessHandle.current().pid() + "_" + System.nanoTime() + "_" + COUNT.incrementAndGet());
    }

    private static Server start() {
        var given = System.getenv("TEST_PG_URL");
        if (given != null && !given.isBlank()) {
            return new Server(given, variable("TEST_PG_USER", "postgres"), variable("TEST_PG_PASSWORD", ""));
        }
        return dockerAnswers() ? container() : embeddedServer();
    }

    private static String variable(String name, String otherwise) {
        return Objects.requireNonNullElse(System.getenv(name), otherwise);
    }

    /** Checks for Docker before Testcontainers, which logs errors without it. */
    private static boolean dockerAnswers() {
        return (System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock")))
                && DockerClientFactory.instance().isDockerAvailable();
    }

    private static Server container() {
        var container = new PostgreSQLContainer("postgres:17-alpine");
        container.start();
        return new Server(container.getJdbcUrl(), container.getUsername(), container.getPassword());
    }

    /** Enables synchronous commits, which the product requires and the embedded server disables by default. */
    private static Server embeddedServer() {
        try {
            var postgres = EmbeddedPostgres.builder()
                    .setServerConfig("synchronous_commit", "on")
                    .start();
            return new Server(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "");
        } catch (IOException ex) {
            throw new UncheckedIOException("Embedded PostgreSQL does not start; set TEST_PG_URL to a server.", ex);
        }
    }

    private record Server(String url, String user, String password) {

        Postgres createDatabase(String name) {
            try (var connection = DriverManager.getConnection(url, user, password);
                    var statement = connection.createStatement()) {
                statement.execute("create database " + name);
            } catch (SQLException ex) {
                throw new IllegalStateException("Cannot create a database at " + plain(), ex);
            }
            return new Postgres(plain().replaceFirst("/[^/]*$", "/" + name), user, password);
        }

        private String plain() {
            return url.replaceFirst("\\?.*$", "");
        }
    }
}
