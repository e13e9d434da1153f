package dev.smsrunner.database;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Parameters of the PostgreSQL driver in a database URL. Only those for TLS, timeouts and server selection are accepted:
 * others name classes, other configuration or other servers, or are secrets.
 */
final class DriverParameters {

    /** Parameters with a number. */
    private static final Set<String> NUMBERS = Set.of(
            "cancelSignalTimeout",
            "connectTimeout",
            "defaultRowFetchSize",
            "gssResponseTimeout",
            "hostRecheckSeconds",
            "loginTimeout",
            "prepareThreshold",
            "preparedStatementCacheQueries",
            "preparedStatementCacheSizeMiB",
            "receiveBufferSize",
            "scramMaxIterations",
            "sendBufferSize",
            "socketTimeout",
            "sslResponseTimeout");

    /** Parameters with one of several values, in any letter case. */
    static final Map<String, List<String>> CHOICES = Map.of(
            "channelBinding", List.of("disable", "prefer", "require"),
            "gssEncMode", List.of("disable", "allow", "prefer", "require"),
            "gsslib", List.of("auto", "sspi", "gssapi"),
            "loggerLevel", List.of("OFF", "DEBUG", "TRACE"),
            "sslNegotiation", List.of("postgres", "direct"),
            "sslmode", List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
            "targetServerType",
                    List.of(
                            "any",
                            "primary",
                            "master",
                            "slave",
                            "secondary",
                            "preferSlave",
                            "preferSecondary",
                            "preferPrimary"));

    /** Parameters with any text. */
    private static final Set<String> TEXTS = Set.of(
            "ApplicationName",
            "currentSchema",
            "gssUseDefaultCreds",
            "kerberosServerName",
            "loadBalanceHosts",
            "localSocketAddress",
            "logServerErrorDetail",
            "maxResultBuffer",
            "requireAuth",
            "ssl",
            "sslcert",
            "sslkey",
            "sslrootcert",
            "tcpKeepAlive",
            "tcpNoDelay");

    /** All parameters in the exact spelling of the driver, which silently ignores any other. */
    private static final Set<String> ACCEPTED =
            Stream.of(NUMBERS, CHOICES.keySet(), TEXTS).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());

    private static final Pattern NAME = Pattern.compile("[A-Za-z]{1,40}");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,40}");

    private final List<String> parameters;

    private DriverParameters(List<String> parameters) {
        this.parameters = parameters;
    }

    /**
     * Parses the text after the question mark.
     *
     * @throws DatabaseSettingException when a parameter is not accepted, or its value is invalid; the message repeats no
     *     part of a parameter that may be a secret
     */
    static DriverParameters of(String query) {
        var parsed = new ArrayList<String>();
        for (var parameter : query.split("&")) {
            if (!parameter.isEmpty()) {
                verify(parameter);
                parsed.add(parameter);
            }
        }
        var parameters = new DriverParameters(parsed);
        parameters.verifyRootCertificate();
        return parameters;
    }

    private static void verify(String parameter) {
        var name = parameter.replaceFirst("=.*", "");
        if (!ACCEPTED.contains(name)) {
            throw rejection(NAME.matcher(name).matches() ? name : "a parameter without a known name");
        }
        var value = decoded(name, parameter.substring(Math.min(parameter.length(), name.length() + 1)));
        if (NUMBERS.contains(name) && !NUMBER.matcher(value).matches()) {
            throw invalid(name, value, "Set a whole number");
        }
        var choices = CHOICES.get(name);
        if (choices != null && choices.stream().noneMatch(value::equalsIgnoreCase)) {
            throw invalid(name, value, "Set one of " + String.join(", ", choices));
        }
    }

    private static String decoded(String name, String value) {
        try {
            return URLDecoder.decode(value, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException ex) {
            throw invalid(name, value, "Write %25 for the character %");
        }
    }

    /** Failure of a part that must not be in the URL. */
    static DatabaseSettingException rejection(String what) {
        var spelt = ACCEPTED.stream().filter(what::equalsIgnoreCase).findFirst();
        return new DatabaseSettingException(
                "The database URL must not contain '%s'%s. Set the user and the password in SMS_RUNNER_DB_USER and SMS_RUNNER_DB_PASSWORD. Only driver parameters for TLS, timeouts and server selection are accepted."
                        .formatted(
                                what,
                                spelt.map(" (the driver spells it %s)"::formatted)
                                        .orElse("")));
    }

    private static DatabaseSettingException invalid(String name, String value, String remedy) {
        var which = HARMLESS.matcher(value).matches() ? " '%s'".formatted(value) : "";
        return new DatabaseSettingException(
                "The database URL has the invalid value%s for the parameter %s. %s.".formatted(which, name, remedy));
    }

    /** Requires a readable certificate where the driver reads one. */
    private void verifyRootCertificate() {
        var file = value("sslrootcert").map(value -> decoded("sslrootcert", value));
        if (file.isEmpty() || file.get().isEmpty() || !sslMode().startsWith("verify-")) {
            return;
        }
        if (!isReadable(file.get())) {
            throw new DatabaseSettingException(
                    "The file %s of the parameter sslrootcert does not exist or cannot be read. Set it to the certificate of the authority, in PEM."
                            .formatted(file.get()));
        }
    }

    private static boolean isReadable(String file) {
        try {
            return Files.isReadable(Path.of(file));
        } catch (InvalidPathException ex) {
            return false;
        }
    }

    /** Mode as the driver chooses it: the last value wins, and {@code ssl=true} alone means the strictest. */
    String sslMode() {
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
}
