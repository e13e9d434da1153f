package dev.smsrunner.database;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * URL of a PostgreSQL database from an operator. It must not contain a secret, which would appear in the process table and
 * in logs. Driver parameters that name classes, other configuration or other servers are rejected.
 */
final class DatabaseUrl {

    private static final String PREFIX = "jdbc:postgresql://";
    private static final String FORM = "Set jdbc:postgresql://HOST:PORT/DATABASE with --db or SMS_RUNNER_DB_URL.";

    /** Scheme of a URL of another database, which may be repeated in a message. */
    private static final Pattern SCHEME = Pattern.compile("(?i)((?:jdbc:)?[a-z][a-z0-9+]{0,20}:).*", Pattern.DOTALL);

    private static final Pattern SERVER = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^\\[\\]:]*)(?::([^:]*))?");
    private static final Pattern HOST = Pattern.compile("|[A-Za-z0-9._-]{1,253}|\\[.+]");
    private static final Pattern LOOPBACK =
            Pattern.compile("|localhost|127(\\.\\d{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");
    private static final Pattern SHOWN_HOST = Pattern.compile("[A-Za-z0-9._-]*|[0-9A-Fa-f:.\\[\\]]*");
    private static final Pattern SHOWN_PORT = Pattern.compile("\\d*");
    private static final int MAX_PORT = 65_535;
    private static final String DEFAULT_PORT = "5432";

    /**
     * One server of the URL.
     *
     * @param host name, or address in the form of a URL; empty for this machine
     */
    private record Server(String host, String port) {

        boolean isRemote() {
            return !LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
        }

        @Override
        public String toString() {
            return (host.isEmpty() ? "localhost" : host) + ":" + port;
        }
    }

    private final List<Server> servers;
    private final DriverParameters parameters;

    private DatabaseUrl(List<Server> servers, DriverParameters parameters) {
        this.servers = servers;
        this.parameters = parameters;
    }

    /**
     * Parses a URL.
     *
     * @throws DatabaseSettingException when it is not a PostgreSQL URL, is malformed, or contains a forbidden part; the
     *     message does not repeat what may be a secret
     */
    static DatabaseUrl of(String url) {
        if (url.startsWith("jdbc:postgresql:") && !url.startsWith(PREFIX)) {
            throw malformed("names no server", FORM);
        }
        if (!url.startsWith(PREFIX)) {
            var scheme = SCHEME.matcher(url);
            throw new DatabaseSettingException("The database URL%s is not a PostgreSQL URL. %s"
                    .formatted(scheme.matches() ? " (%s...)".formatted(scheme.group(1)) : "", FORM));
        }
        int query = url.indexOf('?');
        var before = url.substring(PREFIX.length(), query < 0 ? url.length() : query);
        if (before.contains("@")) {
            throw DriverParameters.rejection("@");
        }
        if (before.contains(";")) { // what follows may be a password, as in URLs of other databases
            throw malformed(
                    "contains a semicolon",
                    "Write parameters as ?NAME=VALUE&NAME=VALUE, and %3B for a semicolon in a name.");
        }
        var parameters = DriverParameters.of(query < 0 ? "" : url.substring(query + 1));
        if (url.chars().anyMatch(character -> Character.isWhitespace(character) || Character.isISOControl(character))) {
            throw malformed("contains a blank", "Write %20 for a blank in a name.");
        }
        int slash = before.indexOf('/');
        verifyDatabase(slash < 0 ? "" : before.substring(slash + 1));
        return new DatabaseUrl(servers(slash < 0 ? before : before.substring(0, slash)), parameters);
    }

    private static void verifyDatabase(String name) {
        if (name.isEmpty()) {
            throw malformed("names no database", FORM);
        }
        if (name.contains("/")) {
            throw malformed("has more than one name after the server", FORM);
        }
        try {
            URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException ex) {
            throw malformed(
                    "has a % that starts no escape in the name of the database", "Write %25 for the character %.");
        }
    }

    private static List<Server> servers(String text) {
        var servers = new ArrayList<Server>();
        for (var each : text.split(",", -1)) {
            Matcher server = SERVER.matcher(each);
            if (!server.matches() || !HOST.matcher(server.group(1)).matches()) {
                throw malformed(
                        "has no valid host" + shown(each, SHOWN_HOST),
                        "Set a name, an IPv4 address, or an IPv6 address in brackets.");
            }
            servers.add(new Server(server.group(1), port(server.group(2) == null ? DEFAULT_PORT : server.group(2))));
        }
        return servers;
    }

    private static String port(String text) {
        int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > MAX_PORT) {
            throw malformed(
                    "has no valid port" + shown(text, SHOWN_PORT), "Set a port from 1 to %d.".formatted(MAX_PORT));
        }
        return text;
    }

    /** Part of the URL for a message; empty for one that may be a secret, such as a port that is {@code PASSWORD}. */
    private static String shown(String part, Pattern harmless) {
        return harmless.matcher(part).matches() ? " '%s'".formatted(part) : "";
    }

    private static DatabaseSettingException malformed(String problem, String remedy) {
        return new DatabaseSettingException("The database URL %s. %s".formatted(problem, remedy));
    }

    /** Hosts with their ports, for messages. */
    String servers() {
        return servers.stream().map(Server::toString).collect(Collectors.joining(", "));
    }

    /** Whether the driver refuses a connection without TLS. */
    boolean requiresTls() {
        return parameters.sslMode().matches("require|verify-.*");
    }

    /** Reason why others on the network may read or forge the traffic; empty when the connection is verified or local. */
    Optional<String> exposure() {
        var away = servers.stream().filter(Server::isRemote).map(Server::host).toList();
        var mode = parameters.sslMode();
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

    /** URL for messages. */
    static String masked(String url) {
        int query = url.indexOf('?');
        return (query < 0 ? url : url.substring(0, query)).replaceAll("//[^/@]*@", "//***@");
    }
}
