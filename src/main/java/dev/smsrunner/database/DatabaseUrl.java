package dev.smsrunner.database;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The URL of a PostgreSQL database, as an operator may give it: no secret, which would end up in the process table and in logs,
 * and of the driver's parameters only those that name no class to be loaded, no other configuration and no other server.
 */
final class DatabaseUrl {

    private static final String PREFIX = "jdbc:postgresql://";

    /** Read by the driver in exactly this spelling; another one would be ignored without a word. */
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
     * Reads it.
     *
     * @throws DatabaseException when it is not of PostgreSQL, or carries what it may not; does not repeat that
     */
    static DatabaseUrl of(String url) {
        if (!url.startsWith(PREFIX)) {
            throw new DatabaseException(
                    "The database URL %s is not a PostgreSQL one. Give jdbc:postgresql://HOST:PORT/DATABASE with --db or SMS_RUNNER_DB_URL."
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
                "The database URL may not carry '%s'%s. Name the user and the password in SMS_RUNNER_DB_USER and SMS_RUNNER_DB_PASSWORD; of the driver's parameters those for TLS, time limits and the choice of the server are taken."
                        .formatted(
                                what, spelt.map(" (it is spelt %s)"::formatted).orElse("")),
                null);
    }

    /**
     * Why others on the network may read or answer what is meant for the database; empty when the connection is verified, or
     * does not leave this machine.
     */
    Optional<String> exposure() {
        var away = remoteHosts();
        var mode = sslMode();
        if (away.isEmpty() || mode.equals("verify-full")) {
            return Optional.empty();
        }
        var lacks = switch (mode) {
            case "verify-ca" -> "does not check that the certificate is that of the host";
            case "require" -> "is encrypted, but anybody may answer: no certificate is checked";
            default -> "need not be encrypted, and no certificate is checked";
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

    /** As the driver takes it: the last of several, and with {@code ssl=true} alone the strictest. */
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

    /** The URL as a message may show it. */
    static String masked(String url) {
        int query = url.indexOf('?');
        return (query < 0 ? url : url.substring(0, query)).replaceAll("//[^/@]*@", "//***@");
    }
}
