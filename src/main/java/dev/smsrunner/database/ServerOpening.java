package dev.smsrunner.database;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Explains why a PostgreSQL database cannot be opened: which server, what it answered, and what to check. */
final class ServerOpening {

    private static final String LOGIN = "Check SMS_RUNNER_DB_USER and SMS_RUNNER_DB_PASSWORD";
    private static final String AGAIN = ", then run the same command again.";

    /** Remedies by state (PostgreSQL, appendix A). The driver translates its texts, so that only states can be compared. */
    private static final Map<String, String> REMEDIES = Map.of(
            "28P01", LOGIN + AGAIN,
            "28000", LOGIN + ", and allow this login in pg_hba.conf of the server" + AGAIN,
            "3D000", "Create the database as docs/database.md shows, or correct its name in the URL" + AGAIN,
            "42501", "Grant the user CONNECT on the database" + AGAIN,
            "53300", "Close other connections, or raise max_connections of the server" + AGAIN,
            "57P03", "Wait until the server accepts connections" + AGAIN);

    private static final String ANY_REMEDY =
            "Check that a PostgreSQL server answers there and accepts this login" + AGAIN;

    /** State of a server that refuses before the login: it requires a password, or has no TLS. */
    private static final String REJECTED = "08004";

    private final String url;
    private final String servers;
    private final boolean requiresTls;

    /** @param url valid URL of the database */
    ServerOpening(String url) {
        var parsed = DatabaseUrl.of(url);
        this.url = DatabaseUrl.masked(url);
        this.servers = parsed.servers();
        this.requiresTls = parsed.requiresTls();
    }

    /** Failure with the cause and the remedy. */
    DatabaseException failure(Exception failure) {
        if (failure instanceof DatabaseException known) {
            return new DatabaseException("Cannot use %s. %s".formatted(url, known.getMessage()), failure);
        }
        var reason = DatabaseException.innermost(failure).strip().replaceFirst("\\.+$", "");
        if (reason.contains("unsupported startup parameter")) { // PgBouncer, for currentSchema
            return new DatabaseException(
                    "Cannot use %s. A connection pooler answers there and rejects a parameter of the driver (%s). Use the address of the PostgreSQL server itself."
                            .formatted(url, reason),
                    failure);
        }
        var text = ofNetwork(failure).orElseGet(() -> "%s. %s".formatted(reason, remedy(failure)));
        return new DatabaseException("Cannot open %s: %s".formatted(url, text), failure);
    }

    private Optional<String> ofNetwork(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException unknown) {
                return Optional.of(
                        "the host name %s cannot be resolved. Correct the host in the URL, or check the name service of this machine%s"
                                .formatted(unknown.getMessage(), AGAIN));
            }
            if (cause instanceof NoRouteToHostException) {
                return Optional.of("no route leads to %s. Check the host in the URL, the network and the firewall%s"
                        .formatted(servers, AGAIN));
            }
            if (cause instanceof ConnectException) {
                return Optional.of(
                        "%s accepts no connection (%s). Check host and port in the URL, and that the PostgreSQL server runs and listens there%s"
                                .formatted(servers, cause.getMessage(), AGAIN));
            }
            if (cause instanceof SocketTimeoutException) {
                return Optional.of("%s does not answer. Check host and port in the URL, the network and the firewall%s"
                        .formatted(servers, AGAIN));
            }
            if (cause instanceof SSLException) {
                return Optional.of(
                        "no TLS connection to %s (%s). Check sslmode and sslrootcert in the URL, and the certificate of the server%s"
                                .formatted(servers, DatabaseException.innermost(failure), AGAIN));
            }
        }
        return Optional.empty();
    }

    private String remedy(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            var state = cause instanceof SQLException refused ? String.valueOf(refused.getSQLState()) : "";
            if (state.equals(REJECTED)) {
                return (requiresTls ? "Check sslmode in the URL, SMS_RUNNER_DB_USER and" : "Set SMS_RUNNER_DB_USER and")
                        + " SMS_RUNNER_DB_PASSWORD" + AGAIN;
            }
            if (REMEDIES.containsKey(state)) {
                return REMEDIES.get(state);
            }
        }
        return ANY_REMEDY;
    }
}
