package dev.smsrunner.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * URL of a PostgreSQL database from an operator. It must not contain a secret, which would appear in the process table and
 * in logs. Driver parameters that name classes, other configuration or other servers are rejected.
 */
final class DatabaseUrl {

    private static final String PREFIX = "jdbc:postgresql://";

    /** Parameters in the exact spelling of the driver, which silently ignores any other. */
    private static final Set<String> ALLOWED_PARAMETERS = Set.of(
            "ApplicationName",
            "cancelSignalTimeout",
            "channelBinding",
            "connectTimeout",
            "currentSchema",
            "defaultRowFetchSize",
            "gssEncMode",
            "gssResponseTimeout",
            "gssUseDefaultCreds",
            "gsslib",
            "hostRecheckSeconds",
            "kerberosServerName",
            "loadBalanceHosts",
            "localSocketAddress",
            "logServerErrorDetail",
            "loggerLevel",
            "loginTimeout",
            "maxResultBuffer",
            "prepareThreshold",
            "preparedStatementCacheQueries",
            "preparedStatementCacheSizeMiB",
            "receiveBufferSize",
            "requireAuth",
            "scramMaxIterations",
            "sendBufferSize",
            "socketTimeout",
            "ssl",
            "sslNegotiation",
            "sslResponseTimeout",
            "sslcert",
            "sslkey",
            "sslmode",
            "sslrootcert",
            "targetServerType",
            "tcpKeepAlive",
            "tcpNoDelay");

    private static final Pattern NAME = Pattern.compile("[A-Za-z]{1,40}");
    private static final Pattern PORT = Pattern.compile(":\\d+$");
    private static final Pattern LOOPBACK =
            Pattern.compile("|localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

    private final String servers;
    private final String path;
    private final List<String> parameters;

    private DatabaseUrl(String servers, String path, List<String> parameters) {
        this.servers = servers;
        this.path = path;
        this.parameters = parameters;
    }

    /**
     * Parses a URL.
     *
     * @throws DatabaseException when it is not a PostgreSQL URL or contains a forbidden part; the message does not repeat
     *     that part
     */
    static DatabaseUrl of(String url) {
        if (!url.startsWith(PREFIX)) {
            throw new DatabaseException(
                    "The database URL %s is not a PostgreSQL URL. Set jdbc:postgresql://HOST:PORT/DATABASE with --db or SMS_RUNNER_DB_URL."
                            .formatted(masked(url)),
                    null);
        }
        var query = url.indexOf('?');
        var before = url.substring(PREFIX.length(), query < 0 ? url.length() : query);
        var slash = before.indexOf('/');
        var read = new DatabaseUrl(
                slash < 0 ? before : before.substring(0, slash),
                slash < 0 ? "" : before.substring(slash),
                query < 0 ? List.of() : List.of(url.substring(query + 1).split("&")));
        read.refuseSecretsAndClasses();
        return read;
    }

    private void refuseSecretsAndClasses() {
        if ((servers + path).contains("@")) {
            throw rejection("@");
        }
        for (var parameter : parameters) {
            var name = parameter.replaceFirst("=.*", "");
            if (!parameter.isEmpty() && !ALLOWED_PARAMETERS.contains(name)) {
                throw rejection(NAME.matcher(name).matches() ? name : "a parameter without a known name");
            }
        }
    }

    private static DatabaseException rejection(String what) {
        var spelt = ALLOWED_PARAMETERS.stream().filter(what::equalsIgnoreCase).findFirst();
        return new DatabaseException(
                "The database URL must not contain '%s'%s. Set the user and the password in SMS_RUNNER_DB_USER and SMS_RUNNER_DB_PASSWORD. Only driver parameters for TLS, timeouts and server selection are accepted."
                        .formatted(
                                what,
                                spelt.map(" (the driver spells it %s)"::formatted)
                                        .orElse("")),
                null);
    }

    /** Reason why others on the network may read or forge the traffic; empty when the connection is verified or local. */
    Optional<String> exposure() {
        var away = remoteHosts();
        var mode = sslMode();
        if (away.isEmpty() || mode.equals("verify-full")) {
            return Optional.empty();
        }
        var lacks = switch (mode) {
            case "verify-ca" -> "does not check the host name in the certificate";
            case "require" -> "is encrypted, but checks no certificate, so any server may answer";
            default -> "may be unencrypted, and checks no certificate";
        };
        return Optional.of(
                "The connection to the database at %s %s (sslmode is %s). Add sslmode=verify-full, and sslrootcert=FILE with the authority of its certificate, to the database URL."
                        .formatted(String.join(", ", away), lacks, mode));
    }

    private List<String> remoteHosts() {
        var hosts = new ArrayList<String>();
        for (var server : servers.split(",")) {
            var host = PORT.matcher(server).replaceFirst("");
            if (!LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches()) {
                hosts.add(host);
            }
        }
        return hosts;
    }

    /** Mode as the driver chooses it: the last value wins, and {@code ssl=true} alone means the strictest. */
    private String sslMode() {
        var plain = value("ssl").filter(ssl -> ssl.isEmpty() || ssl.equalsIgnoreCase("true"));
        return value("sslmode")
                .map(mode -> mode.toLowerCase(Locale.ROOT))
                .orElse(plain.isPresent() ? "verify-full" : "prefer");
    }

    private Optional<String> value(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.equals(name) || parameter.startsWith(name + "="))
                .map(parameter -> parameter.substring(Math.min(parameter.length(), name.length() + 1)))
                .reduce((first, last) -> last);
    }

    /** URL for messages. */
    static String masked(String url) {
        int query = url.indexOf('?');
        return (query < 0 ? url : url.substring(0, query)).replaceAll("//[^/@]*@", "//***@");
    }
}
