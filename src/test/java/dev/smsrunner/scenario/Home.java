package dev.smsrunner.scenario;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The database that a story's runs are kept in.
 *
 * @param url of a PostgreSQL database, null for the embedded one in the data directory
 * @param environment what the commands need to log in
 */
public record Home(@Nullable String url, Map<String, String> environment) {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static @Nullable EmbeddedPostgres server;

    /** The embedded database. */
    public static Home embedded() {
        return new Home(null, Map.of());
    }

    /** A new database on a real PostgreSQL. */
    public static synchronized Home postgres() {
        var name = "night_" + NUMBER.incrementAndGet();
        try {
            server = server == null
                    ? EmbeddedPostgres.builder()
                            .setServerConfig("synchronous_commit", "on")
                            .start()
                    : server;
            try (var admin = server.getPostgresDatabase().getConnection();
                    var statement = admin.createStatement()) {
                statement.execute("create database " + name);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return new Home(
                "jdbc:postgresql://127.0.0.1:%d/%s".formatted(server.getPort(), name),
                Map.of("SMS_RUNNER_DB_USER", "postgres"));
    }
}
