package dev.smsrunner.cloud;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Hosts that are reached without a proxy. It resolves no names. */
final class DirectHosts {

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");
    private static final Pattern WITH_PORT = Pattern.compile("(\\[[^]]*]|[^:]*):(\\d{1,5})");

    private static final Pattern WITH_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://([^/]+)(?:/.*)?");

    private final List<BiPredicate<String, Integer>> rules;

    private DirectHosts(List<BiPredicate<String, Integer>> rules) {
        this.rules = rules;
    }

    /**
     * Reads {@code NO_PROXY}: separated by commas or blanks; {@code *}, a name with all its subdomains (also with a leading
     * dot or {@code *.}), an IP address, or a CIDR block; each with an optional port. Unreadable entries match nothing.
     */
    static DirectHosts ofVariable(String value) {
        return new DirectHosts(Stream.of(value.split("[,\\s]+"))
                .map(DirectHosts::bare)
                .filter(entry -> !entry.isEmpty())
                .map(DirectHosts::variableRule)
                .toList());
    }

    /** Entries of {@code NO_PROXY} that match nothing, each with its correct form where there is one. */
    static List<String> problemsOf(String value) {
        return Stream.of(value.split("[,\\s]+"))
                .flatMap(entry -> problemOf(entry).stream())
                .toList();
    }

    private static Optional<String> problemOf(String text) {
        var entry = text.replaceFirst("//[^/@]*@", "//"); // a login is not repeated
        var withScheme = WITH_SCHEME.matcher(entry);
        if (withScheme.matches()) {
            return Optional.of("'%s' has a scheme and is ignored. Write %s.".formatted(entry, withScheme.group(1)));
        }
        var withPort = WITH_PORT.matcher(entry);
        var host = bare(withPort.matches() ? withPort.group(1) : entry);
        if (host.indexOf('/') > 0 && !isBlock(host)) {
            return Optional.of(
                    "'%s' is no block of addresses and is ignored. Write one such as 10.0.0.0/8.".formatted(entry));
        }
        return entry.lastIndexOf('*') > 0
                ? Optional.of("'%s' has a * behind its beginning and is ignored. Write a domain such as .corp.example."
                        .formatted(entry))
                : Optional.empty();
    }

    /** Reads {@code http.nonProxyHosts}: separated by bars; {@code *} stands for any characters (JDK, networking properties). */
    static DirectHosts ofProperty(String value) {
        return new DirectHosts(Stream.of(value.split("\\|"))
                .map(DirectHosts::bare)
                .filter(entry -> !entry.isEmpty())
                .map(DirectHosts::propertyRule)
                .toList());
    }

    /** Whether the host of the address is reached without a proxy. */
    boolean contains(URI address) {
        var host = bare(String.valueOf(address.getHost()));
        int implied = "http".equalsIgnoreCase(address.getScheme()) ? 80 : 443;
        int port = address.getPort() < 0 ? implied : address.getPort();
        return rules.stream().anyMatch(rule -> rule.test(host, port));
    }

    /** Whether the host is this machine. */
    static boolean isThisMachine(URI address) {
        var host = bare(String.valueOf(address.getHost()));
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || literal(host).filter(InetAddress::isLoopbackAddress).isPresent();
    }

    private static BiPredicate<String, Integer> propertyRule(String entry) {
        var pattern = Pattern.compile(
                Stream.of(entry.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
        return (host, port) -> pattern.matcher(host).matches();
    }

    private static BiPredicate<String, Integer> variableRule(String entry) {
        if (entry.equals("*")) {
            return (host, port) -> true;
        }
        var withPort = WITH_PORT.matcher(entry);
        if (withPort.matches()) {
            var rule = variableRule(bare(withPort.group(1)));
            return (host, port) -> port == Integer.parseInt(withPort.group(2)) && rule.test(host, port);
        }
        if (entry.indexOf('/') > 0) {
            return blockRule(entry.substring(0, entry.indexOf('/')), entry.substring(entry.indexOf('/') + 1));
        }
        var address = literal(entry);
        if (address.isPresent()) {
            return (host, port) -> literal(host).equals(address);
        }
        var name = entry.replaceFirst("^\\*?\\.", "");
        return (host, port) -> host.equals(name) || host.endsWith("." + name);
    }

    private static BiPredicate<String, Integer> blockRule(String network, String length) {
        var base = literal(network).map(InetAddress::getAddress);
        if (!isBlock(network + "/" + length) || base.isEmpty()) {
            return (host, port) -> false;
        }
        int bits = Integer.parseInt(length);
        return (host, port) -> literal(host)
                .map(InetAddress::getAddress)
                .filter(address -> hasPrefix(address, base.get(), bits))
                .isPresent();
    }

    /** Whether the entry is an address with the length of its prefix. */
    private static boolean isBlock(String entry) {
        int slash = entry.indexOf('/');
        var length = entry.substring(slash + 1);
        var address = literal(entry.substring(0, slash)).map(InetAddress::getAddress);
        return address.isPresent()
                && length.matches("\\d{1,3}")
                && Integer.parseInt(length) <= address.get().length * 8;
    }

    private static boolean hasPrefix(byte[] address, byte[] base, int bits) {
        if (address.length != base.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((address[bit / 8] & mask) != (base[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** Address that the text spells; empty for a name. */
    private static Optional<InetAddress> literal(String host) {
        if (!host.contains(":") && !IPV4.matcher(host).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException ex) {
            return Optional.empty();
        }
    }

    /** Lower case, without brackets, blanks and the dot at the end. */
    private static String bare(String host) {
        var text = host.strip().toLowerCase(Locale.ROOT);
        var inner = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        return inner.length() > 1 && inner.endsWith(".") ? inner.substring(0, inner.length() - 1) : inner;
    }
}
